-- The data of both sides: 10 accounts, 100 projects, 10,000 tasks, the same on every run.
CREATE TABLE accounts (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    name TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE TABLE projects (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE TABLE tasks (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    project_id BIGINT NOT NULL REFERENCES projects (id),
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    is_done BOOLEAN NOT NULL,
    due_on DATE,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX index_projects_on_account_id ON projects (account_id);
CREATE INDEX index_tasks_on_project_id ON tasks (project_id);
CREATE UNIQUE INDEX index_tasks_on_name ON tasks (name);

WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10)
INSERT INTO accounts (id, name, created_at, updated_at)
SELECT i, 'Account ' || i, '2026-01-01 08:00:00', '2026-01-01 08:00:00' FROM n;

WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100)
INSERT INTO projects (id, account_id, name, created_at, updated_at)
SELECT i, 1 + i % 10, 'Project ' || i, '2026-01-02 09:30:00', '2026-01-03 10:45:00' FROM n;

-- Neighbouring tasks belong to different projects, so that a page of 20 needs 20 of them.
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
INSERT INTO tasks (id, project_id, name, description, is_done, due_on, created_at, updated_at)
SELECT i, 1 + (i * 7) % 100, 'Task ' || i, 'What task ' || i || ' is about, in one sentence & with an ampersand.',
       i % 3 = 0, CASE WHEN i % 4 = 0 THEN NULL ELSE date('2026-01-01', '+' || (i % 300) || ' days') END,
       datetime('2026-01-01 00:00:00', '+' || i || ' minutes'), datetime('2026-02-01 00:00:00', '+' || i || ' minutes')
FROM n;
ANALYZE;
