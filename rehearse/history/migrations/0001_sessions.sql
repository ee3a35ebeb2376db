-- A take or a close that was analysed.
create table sessions (
    id       integer primary key autoincrement,  -- what `rehearse show N` calls it; never used again
    held_at  text    not null,  -- when it was kept: UTC, ISO 8601, to the microsecond
    origin   text    not null check (origin in ('record', 'analyze', 'recover')),  -- by which command
    label    text    not null,  -- what it was for, as in `--for`; '' is for nothing in particular
    source   text    not null,  -- the file, as it was named; '-' is standard input
    sound    text,              -- name of the FLAC file in the folder of takes; null where it was typed
    from_s   real    not null,  -- seconds of the source before its sound begins: times in the report are the source's
    sha256   text    not null,  -- in hexadecimal: of that file, or of the words where it was typed
    repeats  integer,           -- an earlier session with the same sound or words; null where there is none
    words    text    not null,  -- the transcript: what habits are looked for in
    report   text    not null   -- the line of `rehearse analyze --json`
) strict;

create index sessions_by_time on sessions (held_at, id);
create index sessions_by_label on sessions (label, held_at, id);
create index sessions_by_sha256 on sessions (sha256);

-- What is compared from take to take, taken from the report when it was kept.
create table measures (
    session   integer not null references sessions (id) on delete cascade,  -- of which take
    measure   text    not null,  -- a name in rehearse/history/measures.py
    amount    real    not null,  -- how many or how much
    exposure  real    not null check (exposure > 0),  -- in so many minutes or chances; 1 for a length
    primary key (session, measure)
) strict, without rowid;
