velocious::routes! {}
