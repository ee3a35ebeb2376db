-- What somebody means to say: one plan for each thing they practise for.
create table plans (
    label     text not null primary key,  -- as in sessions; '' is for nothing in particular
    kept_at   text not null,  -- when it was last changed: UTC, ISO 8601, to the microsecond
    role      text not null,  -- what the job is called
    why       text not null,  -- why they want it; '' where nobody said
    question  text not null   -- with which they ask for concerns
) strict, without rowid;

-- What matters most for the job, and what somebody did about such a thing.
create table points (
    label      text    not null references plans (label) on delete cascade,  -- of which plan
    place      integer not null,  -- the most important is 1
    criterion  text    not null,  -- what matters
    proof      text    not null,  -- one thing that they did
    primary key (label, place)
) strict, without rowid;

-- The words of a plan that one may glance at, chosen when it was kept.
create table cues (
    label  text    not null references plans (label) on delete cascade,  -- of which plan
    place  integer not null,  -- the first of the plan is 0
    part   text    not null,  -- 'role', 'why', 'criterion 1', 'proof 1' and so on, 'question'
    cue    text    not null,  -- a word or a few
    short  text    not null,  -- its number, or its first letters
    rank   integer not null,  -- 0 is the most telling of its part
    primary key (label, place)
) strict, without rowid;
