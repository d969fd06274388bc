BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0003');
CREATE TABLE checkpoint (
	id INTEGER NOT NULL, 
	next_batch TEXT NOT NULL, 
	device TEXT NOT NULL, 
	CONSTRAINT pk_checkpoint PRIMARY KEY (id)
);
INSERT INTO "checkpoint" VALUES(1,'s1','KAZ');
CREATE TABLE enclosures (
	letter_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	media_type TEXT NOT NULL, 
	content TEXT NOT NULL, 
	CONSTRAINT pk_enclosures PRIMARY KEY (letter_id), 
	CONSTRAINT fk_enclosures_letter_id FOREIGN KEY(letter_id) REFERENCES letters (id)
);
INSERT INTO "enclosures" VALUES(1,'k','m/t','AA==');
CREATE TABLE erasures (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	what TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	at DATETIME NOT NULL
);
INSERT INTO "erasures" VALUES(1,'ticket','KAZ-9','2026-09-30 12:00:00.123456');
CREATE TABLE feeds (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	token TEXT NOT NULL, 
	room_id TEXT, 
	person TEXT, 
	sealed BOOLEAN NOT NULL, 
	made_at DATETIME NOT NULL, 
	revoked_at DATETIME, 
	CONSTRAINT uq_feeds_token UNIQUE (token)
);
INSERT INTO "feeds" VALUES(1,'secret','!project:kaz.test',NULL,0,'2026-09-30 12:00:00.123456',NULL);
CREATE TABLE lessons (
	ticket_id INTEGER NOT NULL, 
	area TEXT NOT NULL, 
	words TEXT NOT NULL, 
	learned_at DATETIME NOT NULL, 
	CONSTRAINT pk_lessons PRIMARY KEY (ticket_id), 
	CONSTRAINT fk_lessons_ticket_id FOREIGN KEY(ticket_id) REFERENCES tickets (id)
);
INSERT INTO "lessons" VALUES(1,'standards','schlüssel','2026-09-30 12:00:00.123456');
CREATE TABLE letters (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	txn_id TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	state TEXT NOT NULL, 
	room_id TEXT, 
	person TEXT, 
	lane TEXT NOT NULL, 
	content TEXT NOT NULL, 
	thread TEXT, 
	reply_to TEXT, 
	target TEXT, 
	sealed BOOLEAN NOT NULL, 
	ticket_id INTEGER, 
	post_id INTEGER, 
	template TEXT NOT NULL, 
	event_id TEXT, 
	attempts INTEGER NOT NULL, 
	not_before DATETIME, 
	problem TEXT NOT NULL, 
	reported BOOLEAN NOT NULL, 
	written_at DATETIME NOT NULL, 
	sent_at DATETIME, 
	CONSTRAINT fk_letters_post_id FOREIGN KEY(post_id) REFERENCES posts (id), 
	CONSTRAINT fk_letters_ticket_id FOREIGN KEY(ticket_id) REFERENCES tickets (id), 
	CONSTRAINT uq_letters_txn_id UNIQUE (txn_id)
);
INSERT INTO "letters" VALUES(1,'kaz9a08c6ae3eee44dfae9f14abc6d4751a','message','queued','!project:kaz.test',NULL,'!project:kaz.test','{"body":"Guten Tag"}',NULL,NULL,NULL,0,NULL,1,'',NULL,0,NULL,'',0,'2026-09-30 12:00:00.123456',NULL);
CREATE TABLE posts (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	ticket_id INTEGER NOT NULL, 
	event_id TEXT NOT NULL, 
	room_id TEXT NOT NULL, 
	sender TEXT NOT NULL, 
	author TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	text TEXT NOT NULL, 
	html TEXT, 
	attachment TEXT, 
	sealed BOOLEAN NOT NULL, 
	said_at DATETIME NOT NULL, 
	edited_at DATETIME, 
	erased_at DATETIME, 
	CONSTRAINT fk_posts_ticket_id FOREIGN KEY(ticket_id) REFERENCES tickets (id)
);
INSERT INTO "posts" VALUES(1,1,'$said','!project:kaz.test','@ann:kaz.test','Ann','question','Wer hat den Schlüssel?',NULL,'{"name":"f","content":{"url":"mxc://a/b"}}',0,'2026-09-30 12:00:00.123456',NULL,NULL);
CREATE TABLE reminder_letters (
	letter_id INTEGER NOT NULL, 
	reminder_id INTEGER NOT NULL, 
	CONSTRAINT pk_reminder_letters PRIMARY KEY (letter_id, reminder_id), 
	CONSTRAINT fk_reminder_letters_reminder_id FOREIGN KEY(reminder_id) REFERENCES reminders (id), 
	CONSTRAINT fk_reminder_letters_letter_id FOREIGN KEY(letter_id) REFERENCES letters (id)
);
INSERT INTO "reminder_letters" VALUES(1,1);
CREATE TABLE reminder_trail (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	reminder_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	actor TEXT, 
	event TEXT NOT NULL, 
	cause TEXT, 
	details TEXT NOT NULL, 
	CONSTRAINT fk_reminder_trail_reminder_id FOREIGN KEY(reminder_id) REFERENCES reminders (id)
);
INSERT INTO "reminder_trail" VALUES(1,1,'2026-09-30 12:00:00.123456','@ann:kaz.test','set',NULL,'{"reason":"\u00e4"}');
CREATE TABLE reminders (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	version INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	state TEXT NOT NULL, 
	room_id TEXT NOT NULL, 
	owner TEXT NOT NULL, 
	target TEXT, 
	about TEXT NOT NULL, 
	about_event TEXT, 
	about_author TEXT, 
	ticket_id INTEGER, 
	thread TEXT, 
	event_id TEXT NOT NULL, 
	wall TEXT NOT NULL, 
	zone TEXT NOT NULL, 
	due_at DATETIME NOT NULL, 
	next_at DATETIME, 
	timed BOOLEAN NOT NULL, 
	elapsed BOOLEAN NOT NULL, 
	rrule TEXT NOT NULL, 
	starts TEXT NOT NULL, 
	holidays TEXT NOT NULL, 
	told TEXT NOT NULL, 
	told_at DATETIME, 
	sealed BOOLEAN NOT NULL, 
	sequence INTEGER NOT NULL, 
	set_at DATETIME NOT NULL, 
	changed_at DATETIME NOT NULL, 
	ended_at DATETIME, 
	erased_at DATETIME, 
	CONSTRAINT fk_reminders_ticket_id FOREIGN KEY(ticket_id) REFERENCES tickets (id)
);
INSERT INTO "reminders" VALUES(1,1,'reminder','open','!project:kaz.test','@ann:kaz.test','@ann:kaz.test','Angebot prüfen',NULL,NULL,2,NULL,'$remind','2026-09-30T14:00','Europe/Berlin','2026-09-30 12:00:00.123456','2026-09-30 12:00:00.123456',1,0,'','','keep','',NULL,0,0,'2026-09-30 12:00:00.123456','2026-09-30 12:00:00.123456',NULL,NULL);
CREATE TABLE responsible (
	reminder_id INTEGER NOT NULL, 
	person TEXT NOT NULL, 
	done_at DATETIME, 
	CONSTRAINT pk_responsible PRIMARY KEY (reminder_id, person), 
	CONSTRAINT fk_responsible_reminder_id FOREIGN KEY(reminder_id) REFERENCES reminders (id)
);
INSERT INTO "responsible" VALUES(1,'@bek:kaz.test',NULL);
CREATE TABLE rooms (
	room_id TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	area TEXT, 
	language TEXT NOT NULL, 
	person TEXT, 
	by_settings BOOLEAN NOT NULL, 
	bound_at DATETIME NOT NULL, 
	left_at DATETIME, 
	CONSTRAINT pk_rooms PRIMARY KEY (room_id)
);
INSERT INTO "rooms" VALUES('!project:kaz.test','project',NULL,'de',NULL,0,'2026-09-30 12:00:00.123456',NULL);
CREATE TABLE seen (
	event_id TEXT NOT NULL, 
	room_id TEXT NOT NULL, 
	seen_at DATETIME NOT NULL, 
	CONSTRAINT pk_seen PRIMARY KEY (event_id)
)
 WITHOUT ROWID

;
INSERT INTO "seen" VALUES('$said','!project:kaz.test','2026-09-30 12:00:00.123456');
CREATE TABLE service_clocks (
	ticket_id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	started_at DATETIME NOT NULL, 
	answered_at DATETIME, 
	stopped_at DATETIME, 
	ended_at DATETIME, 
	waited BIGINT NOT NULL, 
	answer_due_at DATETIME, 
	solution_due_at DATETIME, 
	due_at DATETIME, 
	answer_told SMALLINT NOT NULL, 
	solution_told SMALLINT NOT NULL, 
	next_at DATETIME, 
	CONSTRAINT pk_service_clocks PRIMARY KEY (ticket_id), 
	CONSTRAINT fk_service_clocks_ticket_id FOREIGN KEY(ticket_id) REFERENCES tickets (id)
);
INSERT INTO "service_clocks" VALUES(1,1,'2026-09-30 12:00:00.123456',NULL,NULL,NULL,3600000003,NULL,NULL,NULL,0,0,NULL);
CREATE TABLE threads (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	ticket_id INTEGER NOT NULL, 
	side TEXT NOT NULL, 
	room_id TEXT, 
	person TEXT, 
	root_event TEXT, 
	root_letter INTEGER, 
	current BOOLEAN NOT NULL, 
	CONSTRAINT fk_threads_root_letter FOREIGN KEY(root_letter) REFERENCES letters (id), 
	CONSTRAINT fk_threads_ticket_id FOREIGN KEY(ticket_id) REFERENCES tickets (id)
);
INSERT INTO "threads" VALUES(1,1,'asker','!project:kaz.test',NULL,NULL,1,1);
CREATE TABLE tickets (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	version INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	area TEXT NOT NULL, 
	priority SMALLINT NOT NULL, 
	asker TEXT NOT NULL, 
	room_id TEXT NOT NULL, 
	question TEXT NOT NULL, 
	assignee TEXT, 
	confidential BOOLEAN NOT NULL, 
	sealed BOOLEAN NOT NULL, 
	incident BOOLEAN NOT NULL, 
	confidence FLOAT NOT NULL, 
	because TEXT NOT NULL, 
	area_open BOOLEAN NOT NULL, 
	merged_into INTEGER, 
	solution TEXT NOT NULL, 
	solution_sealed BOOLEAN NOT NULL, 
	rating TEXT, 
	opened_at DATETIME NOT NULL, 
	changed_at DATETIME NOT NULL, 
	claimed_at DATETIME, 
	resolved_at DATETIME, 
	ended_at DATETIME, 
	erased_at DATETIME, 
	CONSTRAINT fk_tickets_merged_into FOREIGN KEY(merged_into) REFERENCES tickets (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "tickets" VALUES(1,2,'new','security',2,'@ann:kaz.test','!project:kaz.test','Ä��',NULL,0,0,0,1.0,'["\u00e4"]',0,2,'',0,NULL,'2026-09-30 12:00:00.123456','2026-09-30 12:02:00.123456','2026-09-30 12:01:00.123456',NULL,NULL,NULL);
INSERT INTO "tickets" VALUES(2,1,'new','security',2,'@ann:kaz.test','!project:kaz.test','Wer hat den Schlüssel?',NULL,0,0,0,0.1,'[]',0,NULL,'',0,NULL,'2026-09-30 12:00:00.123456','2026-09-30 12:00:00.123456','2026-09-30 12:01:00.123456',NULL,NULL,NULL);
CREATE TABLE trail (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	ticket_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	actor TEXT, 
	event TEXT NOT NULL, 
	state TEXT NOT NULL, 
	cause TEXT, 
	details TEXT NOT NULL, 
	CONSTRAINT fk_trail_ticket_id FOREIGN KEY(ticket_id) REFERENCES tickets (id)
);
INSERT INTO "trail" VALUES(1,1,'2026-09-30 12:00:00.123456','@ann:kaz.test','opened','new',NULL,'{"to":"standards"}');
CREATE TABLE undecrypted (
	event_id TEXT NOT NULL, 
	room_id TEXT NOT NULL, 
	sender TEXT NOT NULL, 
	sent_at DATETIME NOT NULL, 
	session_id TEXT NOT NULL, 
	source TEXT NOT NULL, 
	noticed_at DATETIME NOT NULL, 
	asked_at DATETIME, 
	CONSTRAINT pk_undecrypted PRIMARY KEY (event_id)
);
INSERT INTO "undecrypted" VALUES('$secret','!project:kaz.test','@ann:kaz.test','2026-09-30 12:00:00.123456','session','{}','2026-09-30 12:00:00.123456',NULL);
CREATE TABLE words (
	word TEXT NOT NULL, 
	ticket_id INTEGER NOT NULL, 
	CONSTRAINT pk_words PRIMARY KEY (word, ticket_id), 
	CONSTRAINT fk_words_ticket_id FOREIGN KEY(ticket_id) REFERENCES tickets (id)
)
 WITHOUT ROWID

;
INSERT INTO "words" VALUES('schlüssel',1);
CREATE INDEX ix_tickets_active ON tickets (area, state) WHERE state IN ('new', 'claimed', 'waiting');
CREATE INDEX ix_tickets_asker ON tickets (asker, opened_at, id);
CREATE INDEX ix_tickets_assignee ON tickets (assignee, priority, opened_at, id) WHERE state IN ('new', 'claimed', 'waiting');
CREATE INDEX ix_tickets_ended_at ON tickets (confidential, ended_at) WHERE ended_at IS NOT NULL AND erased_at IS NULL;
CREATE INDEX ix_tickets_followers ON tickets (merged_into) WHERE state IN ('new', 'claimed', 'waiting');
CREATE INDEX ix_tickets_open_of ON tickets (asker, opened_at, id) WHERE state IN ('new', 'claimed', 'waiting', 'resolved');
CREATE INDEX ix_tickets_queue ON tickets (area, state, priority, opened_at, id);
CREATE INDEX ix_tickets_resolved_at ON tickets (resolved_at) WHERE state = 'resolved';
CREATE INDEX ix_tickets_room_id ON tickets (room_id);
CREATE INDEX ix_posts_event_id ON posts (event_id);
CREATE INDEX ix_posts_sender ON posts (sender);
CREATE INDEX ix_posts_ticket_id ON posts (ticket_id);
CREATE INDEX ix_letters_event_id ON letters (event_id);
CREATE INDEX ix_letters_lane ON letters (lane, id) WHERE state = 'queued';
CREATE INDEX ix_letters_post_id ON letters (post_id);
CREATE INDEX ix_letters_rejected ON letters (reported, id) WHERE state = 'rejected';
CREATE INDEX ix_letters_target ON letters (target);
CREATE INDEX ix_letters_ticket_id ON letters (ticket_id);
CREATE INDEX ix_threads_room_id_root_event ON threads (room_id, root_event);
CREATE INDEX ix_threads_root_letter ON threads (root_letter);
CREATE INDEX ix_threads_ticket_id ON threads (ticket_id);
CREATE INDEX ix_threads_unsettled ON threads (person) WHERE room_id IS NULL;
CREATE INDEX ix_trail_actor ON trail (actor);
CREATE INDEX ix_trail_ticket_id ON trail (ticket_id);
CREATE INDEX ix_words_ticket_id ON words (ticket_id);
CREATE INDEX ix_rooms_person ON rooms (person);
CREATE INDEX ix_seen_seen_at ON seen (seen_at);
CREATE INDEX ix_undecrypted_noticed_at ON undecrypted (noticed_at);
CREATE INDEX ix_undecrypted_session_id ON undecrypted (session_id);
CREATE INDEX ix_reminders_about_author ON reminders (about_author);
CREATE INDEX ix_reminders_about_event ON reminders (about_event);
CREATE INDEX ix_reminders_ended_at ON reminders (ended_at, id) WHERE ended_at IS NOT NULL;
CREATE INDEX ix_reminders_event_id ON reminders (event_id);
CREATE INDEX ix_reminders_next_at ON reminders (next_at, id) WHERE next_at IS NOT NULL;
CREATE INDEX ix_reminders_owner ON reminders (owner, due_at, id) WHERE state = 'open';
CREATE INDEX ix_reminders_room_id ON reminders (room_id, due_at, id) WHERE state = 'open';
CREATE INDEX ix_reminders_target ON reminders (target, due_at, id) WHERE state = 'open';
CREATE INDEX ix_reminders_ticket_id ON reminders (ticket_id);
CREATE INDEX ix_reminders_told_at ON reminders (told_at) WHERE state = 'open' AND next_at IS NULL;
CREATE INDEX ix_responsible_person ON responsible (person);
CREATE INDEX ix_reminder_trail_actor ON reminder_trail (actor);
CREATE INDEX ix_reminder_trail_cause ON reminder_trail (cause);
CREATE INDEX ix_reminder_trail_reminder_id ON reminder_trail (reminder_id);
CREATE INDEX ix_reminder_letters_reminder_id ON reminder_letters (reminder_id);
CREATE INDEX ix_service_clocks_due_at ON service_clocks (due_at, ticket_id) WHERE due_at IS NOT NULL;
CREATE INDEX ix_service_clocks_next_at ON service_clocks (next_at, ticket_id) WHERE next_at IS NOT NULL;
CREATE UNIQUE INDEX ix_feeds_person ON feeds (person) WHERE revoked_at IS NULL;
CREATE UNIQUE INDEX ix_feeds_room_id ON feeds (room_id) WHERE revoked_at IS NULL;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('tickets',2);
INSERT INTO "sqlite_sequence" VALUES('posts',1);
INSERT INTO "sqlite_sequence" VALUES('letters',1);
INSERT INTO "sqlite_sequence" VALUES('threads',1);
INSERT INTO "sqlite_sequence" VALUES('trail',1);
INSERT INTO "sqlite_sequence" VALUES('erasures',1);
INSERT INTO "sqlite_sequence" VALUES('feeds',1);
INSERT INTO "sqlite_sequence" VALUES('reminders',1);
INSERT INTO "sqlite_sequence" VALUES('reminder_trail',1);
COMMIT;
