-- What the conversations are about. The importer writes here; the services read.

create table companies (
    ticker         text primary key,
    name           text not null,
    sector         text,
    industry_group text,
    sub_industry   text,
    not_rated      text                     -- why there is no analysis now, in words; null when there is one
);

create table analysis_history (
    id         bigint generated always as identity primary key,
    ticker     text         not null,
    as_of      date         not null,
    rating     text         not null check (rating in ('buy', 'hold', 'sell')),
    score      numeric(5,1) not null,
    summary    text         not null default '',
    metrics    jsonb        not null default '[]',  -- [Metric], see shared/analysis.py
    rationale  jsonb        not null default '[]',  -- [RationaleItem]
    created_at timestamptz  not null default now(),
    unique (ticker, as_of)
);

create index analysis_history_newest on analysis_history (ticker, as_of desc, id desc);

create table daily_prices (
    ticker   text             not null,
    snapshot date             not null,     -- the day after the session it reports
    price    double precision not null,
    primary key (ticker, snapshot)
);
