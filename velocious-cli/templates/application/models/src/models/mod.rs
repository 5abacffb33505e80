//! The models, one file each. `velocious g:model` adds one.
