-- Where each measure stands, worked out whenever a session is kept or forgotten.
create table standings (
    scope         text    not null,  -- a label of sessions; '' is all of them
    measure       text    not null,  -- a name in rehearse/history/measures.py
    recent_takes  integer not null,  -- how many takes the newer group has, >= 1
    recent        real    not null,  -- its value, in the unit of the measure
    recent_low    real,              -- 95 % interval of that; null where one take cannot tell
    recent_high   real,              -- its upper end
    before_takes  integer not null,  -- how many takes the older group has; 0 while there are too few
    before        real,              -- as recent; null where there is no such group
    before_low    real,              -- as recent_low
    before_high   real,              -- as recent_high
    verdict       text    not null check (verdict in ('improved', 'worse', 'no change', 'too few', 'told')),  -- what may be said
    more          integer,           -- so many more takes would tell; null where that cannot be said
    primary key (scope, measure)
) strict, without rowid;

-- The best single take of each measure that has a best.
create table bests (
    scope    text    not null,  -- as in standings
    measure  text    not null,  -- as in standings; 'row' is how many takes in a row had all steps
    session  integer not null references sessions (id) on delete cascade,  -- which take; the last of the row
    value    real    not null,  -- in the unit of the measure
    primary key (scope, measure)
) strict, without rowid;

create index bests_by_session on bests (session);

-- What somebody does in most takes, perhaps without knowing it.
create table habits (
    scope  text    not null,  -- as in standings
    place  integer not null,  -- the first to be told is 0
    kind   text    not null check (kind in ('phrase', 'filler', 'step')),  -- what sort of habit
    what   text    not null,  -- the phrase, the step before which the filler comes, or the step that is forgotten
    takes  integer not null,  -- in how many takes
    among  integer not null,  -- of how many
    times  integer not null,  -- how often altogether
    lift   real,              -- how many times as often as others say it; null for fillers and steps
    primary key (scope, place)
) strict, without rowid;

-- The one thing that was to be done in the next take.
create table goals (
    set_after  integer primary key references sessions (id) on delete cascade,  -- chosen when this session was kept
    measure    text    not null,  -- a name in rehearse/history/goals.py
    target     real,              -- at most so much of it; null where it is there or not
    judged_in  integer references sessions (id) on delete set null,  -- the take that told; null while there is none
    reached    integer check (reached in (0, 1))  -- whether it was; null while it is open
) strict;

create index goals_by_judgement on goals (judged_in);

-- What is pointed out once, and to which session.
create table remarks (
    kind     text    not null check (kind in ('recited')),  -- 'recited': the close has become a recital
    session  integer not null references sessions (id) on delete cascade,  -- when it was said
    primary key (kind, session)
) strict, without rowid;

-- Scopes whose standings, bests and habits are to be worked out again: all that there are.
create table due (
    scope  text not null primary key  -- as in standings
) strict, without rowid;

insert into due select '' from sessions limit 1;
insert or ignore into due select distinct label from sessions;
