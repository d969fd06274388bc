BEGIN TRANSACTION;
CREATE TABLE agenda_items (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	version INTEGER NOT NULL, 
	room_id TEXT NOT NULL, 
	meeting_id INTEGER, 
	place INTEGER NOT NULL, 
	paper_id INTEGER, 
	task_id INTEGER, 
	text TEXT NOT NULL, 
	tabled BOOLEAN NOT NULL, 
	result TEXT NOT NULL, 
	result_text TEXT NOT NULL, 
	"by" TEXT NOT NULL, 
	event_id TEXT NOT NULL, 
	added_at DATETIME NOT NULL, 
	CONSTRAINT fk_agenda_items_meeting_id FOREIGN KEY(meeting_id) REFERENCES meetings (id), 
	CONSTRAINT fk_agenda_items_paper_id FOREIGN KEY(paper_id) REFERENCES papers (id), 
	CONSTRAINT fk_agenda_items_task_id FOREIGN KEY(task_id) REFERENCES tasks (id)
);
INSERT INTO "agenda_items" VALUES(1,1,'!committee:kaz.test',1,1,1,NULL,'',0,'','','@ann:kaz.test','$item','2026-09-30 12:00:00.123456');
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0004');
CREATE TABLE attendance (
	meeting_id INTEGER NOT NULL, 
	person TEXT NOT NULL, 
	presence TEXT NOT NULL, 
	noted_at DATETIME NOT NULL, 
	CONSTRAINT pk_attendance PRIMARY KEY (meeting_id, person), 
	CONSTRAINT fk_attendance_meeting_id FOREIGN KEY(meeting_id) REFERENCES meetings (id)
);
INSERT INTO "attendance" VALUES(1,'@ann:kaz.test','present','2026-09-30 12:00:00.123456');
CREATE TABLE ballots (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	version INTEGER NOT NULL, 
	paper_id INTEGER NOT NULL, 
	edition INTEGER NOT NULL, 
	room_id TEXT NOT NULL, 
	manner TEXT NOT NULL, 
	mode TEXT NOT NULL, 
	quorum TEXT NOT NULL, 
	silence_consents BOOLEAN NOT NULL, 
	state TEXT NOT NULL, 
	result TEXT, 
	opened_by TEXT NOT NULL, 
	event_id TEXT NOT NULL, 
	opened_at DATETIME NOT NULL, 
	due_at DATETIME, 
	next_at DATETIME, 
	told_at DATETIME, 
	closed_at DATETIME, 
	sealed BOOLEAN NOT NULL, 
	CONSTRAINT fk_ballots_paper_id FOREIGN KEY(paper_id) REFERENCES papers (id)
);
INSERT INTO "ballots" VALUES(1,1,1,1,'!committee:kaz.test','circulation','consensus','majority',0,'open',NULL,'@ann:kaz.test','$opened','2026-09-30 12:00:00.123456','2026-09-30 13:00:00.123456','2026-09-30 13:00:00.123456',NULL,NULL,0);
CREATE TABLE blocks (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	ticket_id INTEGER NOT NULL, 
	paper_id INTEGER NOT NULL, 
	"by" TEXT NOT NULL, 
	since DATETIME NOT NULL, 
	ended_at DATETIME, 
	CONSTRAINT fk_blocks_paper_id FOREIGN KEY(paper_id) REFERENCES papers (id), 
	CONSTRAINT fk_blocks_ticket_id FOREIGN KEY(ticket_id) REFERENCES tickets (id)
);
INSERT INTO "blocks" VALUES(1,2,1,'@bek:kaz.test','2026-09-30 12:00:00.123456',NULL);
CREATE TABLE bodies (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	version INTEGER NOT NULL, 
	room_id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	CONSTRAINT uq_bodies_room_id_key UNIQUE (room_id, "key")
);
INSERT INTO "bodies" VALUES(1,1,'!committee:kaz.test','Landkreistag','landkreistag');
CREATE TABLE checkpoint (
	id INTEGER NOT NULL, 
	next_batch TEXT NOT NULL, 
	device TEXT NOT NULL, 
	CONSTRAINT pk_checkpoint PRIMARY KEY (id)
);
INSERT INTO "checkpoint" VALUES(1,'s1','KAZ');
CREATE TABLE committee_trail (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	subject TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	actor TEXT, 
	event TEXT NOT NULL, 
	cause TEXT, 
	details TEXT NOT NULL
);
INSERT INTO "committee_trail" VALUES(1,'BV-1','2026-09-30 12:00:00.123456','@ann:kaz.test','filed','$paper','{}');
CREATE TABLE decisions (
	year INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	place INTEGER NOT NULL, 
	room_id TEXT NOT NULL, 
	paper_id INTEGER NOT NULL, 
	decided_at DATETIME NOT NULL, 
	content TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	words TEXT NOT NULL, 
	published_at DATETIME, 
	done_at DATETIME, 
	CONSTRAINT pk_decisions PRIMARY KEY (year, number), 
	CONSTRAINT fk_decisions_paper_id FOREIGN KEY(paper_id) REFERENCES papers (id), 
	CONSTRAINT uq_decisions_place UNIQUE (place), 
	CONSTRAINT uq_decisions_paper_id UNIQUE (paper_id)
);
INSERT INTO "decisions" VALUES(2026,1,1,'!committee:kaz.test',1,'2026-09-30 13:00:00.123456','{"annexes":"","decided_at":"2026-09-30T13:00:00.123456+00:00","edition":1,"events":{"filed":"$paper"},"involved":"","lead":"","manner":"circulation","meeting":"","mode":"consensus","money":"","number":"2026/1","opened_at":"2026-09-30T12:00:00.123456+00:00","paper_id":1,"place":1,"previous":"","quorum":"majority","reasons":"","room_id":"!committee:kaz.test","sealed":false,"title":"Gemeinsame Ausschreibung","votes":[{"body":"Landkreistag","choice":"yes","reason":"","seat":null,"silent":false,"unexplained":false}],"wording":"Das Kaz bereitet sie vor."}','1e672a30b1df282c9856acaa72949107e8681a55ed9fd7a1b0360c933b3c85be','gemeinsame ausschreibung das kaz bereitet sie vor.',NULL,NULL);
CREATE TABLE editions (
	paper_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	title TEXT NOT NULL, 
	wording TEXT NOT NULL, 
	reasons TEXT NOT NULL, 
	money TEXT NOT NULL, 
	lead TEXT NOT NULL, 
	involved TEXT NOT NULL, 
	annexes TEXT NOT NULL, 
	author TEXT NOT NULL, 
	event_id TEXT NOT NULL, 
	filed_at DATETIME NOT NULL, 
	CONSTRAINT pk_editions PRIMARY KEY (paper_id, number), 
	CONSTRAINT fk_editions_paper_id FOREIGN KEY(paper_id) REFERENCES papers (id)
);
INSERT INTO "editions" VALUES(1,1,'Gemeinsame Ausschreibung','Das Kaz bereitet sie vor.','','','','','','@ann:kaz.test','$paper','2026-09-30 12:00:00.123456');
CREATE TABLE electors (
	ballot_id INTEGER NOT NULL, 
	person TEXT NOT NULL, 
	place INTEGER NOT NULL, 
	body TEXT NOT NULL, 
	seat TEXT NOT NULL, 
	CONSTRAINT pk_electors PRIMARY KEY (ballot_id, person), 
	CONSTRAINT fk_electors_ballot_id FOREIGN KEY(ballot_id) REFERENCES ballots (id)
);
INSERT INTO "electors" VALUES(1,'@ann:kaz.test',0,'Landkreistag','member');
CREATE TABLE enclosures (
	letter_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	media_type TEXT NOT NULL, 
	content TEXT NOT NULL, typeset BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_enclosures PRIMARY KEY (letter_id), 
	CONSTRAINT fk_enclosures_letter_id FOREIGN KEY(letter_id) REFERENCES letters (id)
);
INSERT INTO "enclosures" VALUES(1,'k','m/t','AA==',0);
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
INSERT INTO "letters" VALUES(1,'kaz3d2945b2dc6f44aeae7a7b257d19615d','message','queued','!project:kaz.test',NULL,'!project:kaz.test','{"body":"Guten Tag"}',NULL,NULL,NULL,0,NULL,1,'',NULL,0,NULL,'',0,'2026-09-30 12:00:00.123456',NULL);
CREATE TABLE meetings (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	version INTEGER NOT NULL, 
	room_id TEXT NOT NULL, 
	state TEXT NOT NULL, 
	title TEXT NOT NULL, 
	outside BOOLEAN NOT NULL, 
	starts_at DATETIME NOT NULL, 
	length BIGINT NOT NULL, 
	zone TEXT NOT NULL, 
	place TEXT NOT NULL, 
	owner TEXT NOT NULL, 
	event_id TEXT NOT NULL, 
	sequence INTEGER NOT NULL, 
	next_at DATETIME, 
	sealed BOOLEAN NOT NULL, 
	set_at DATETIME NOT NULL, 
	changed_at DATETIME NOT NULL, 
	began_at DATETIME, 
	ended_at DATETIME, 
	approved_at DATETIME, 
	approved_by TEXT
);
INSERT INTO "meetings" VALUES(1,1,'!committee:kaz.test','planned','',0,'2026-09-30 22:00:00.123456',7200000003,'Europe/Berlin','','@ann:kaz.test','$meeting',0,NULL,0,'2026-09-30 12:00:00.123456','2026-09-30 12:00:00.123456',NULL,NULL,NULL,NULL);
CREATE TABLE minutes (
	meeting_id INTEGER NOT NULL, 
	document TEXT NOT NULL, 
	CONSTRAINT pk_minutes PRIMARY KEY (meeting_id), 
	CONSTRAINT fk_minutes_meeting_id FOREIGN KEY(meeting_id) REFERENCES meetings (id)
);
INSERT INTO "minutes" VALUES(1,'{}');
CREATE TABLE papers (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	version INTEGER NOT NULL, 
	room_id TEXT NOT NULL, 
	state TEXT NOT NULL, 
	author TEXT NOT NULL, 
	edition INTEGER NOT NULL, 
	title TEXT NOT NULL, 
	event_id TEXT NOT NULL, 
	sealed BOOLEAN NOT NULL, 
	decision TEXT, 
	filed_at DATETIME NOT NULL, 
	changed_at DATETIME NOT NULL, 
	erased_at DATETIME
);
INSERT INTO "papers" VALUES(1,1,'!committee:kaz.test','draft','@ann:kaz.test',1,'Gemeinsame Ausschreibung','$paper',0,NULL,'2026-09-30 12:00:00.123456','2026-09-30 12:00:00.123456',NULL);
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
CREATE TABLE seats (
	body_id INTEGER NOT NULL, 
	person TEXT NOT NULL, 
	seat TEXT NOT NULL, 
	place INTEGER NOT NULL, 
	CONSTRAINT pk_seats PRIMARY KEY (body_id, person), 
	CONSTRAINT fk_seats_body_id FOREIGN KEY(body_id) REFERENCES bodies (id)
);
INSERT INTO "seats" VALUES(1,'@ann:kaz.test','member',0);
INSERT INTO "seats" VALUES(1,'@bek:kaz.test','deputy',1);
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
CREATE TABLE subject_letters (
	letter_id INTEGER NOT NULL, 
	subject TEXT NOT NULL, 
	CONSTRAINT pk_subject_letters PRIMARY KEY (letter_id, subject), 
	CONSTRAINT fk_subject_letters_letter_id FOREIGN KEY(letter_id) REFERENCES letters (id)
);
INSERT INTO "subject_letters" VALUES(1,'BV-1');
CREATE TABLE tasks (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	version INTEGER NOT NULL, 
	room_id TEXT NOT NULL, 
	state TEXT NOT NULL, 
	decision TEXT, 
	what TEXT NOT NULL, 
	client TEXT NOT NULL, 
	lead TEXT NOT NULL, 
	worker TEXT NOT NULL, 
	person TEXT, 
	asked BOOLEAN NOT NULL, 
	owner TEXT NOT NULL, 
	event_id TEXT NOT NULL, 
	zone TEXT NOT NULL, 
	due_at DATETIME NOT NULL, 
	timed BOOLEAN NOT NULL, 
	elapsed BOOLEAN NOT NULL, 
	next_at DATETIME, 
	told TEXT NOT NULL, 
	told_at DATETIME, 
	outcome TEXT NOT NULL, 
	sealed BOOLEAN NOT NULL, 
	set_at DATETIME NOT NULL, 
	changed_at DATETIME NOT NULL, 
	ended_at DATETIME, 
	erased_at DATETIME
);
INSERT INTO "tasks" VALUES(1,1,'!committee:kaz.test','open',NULL,'Ausschreibung vorbereiten','','','',NULL,0,'@ann:kaz.test','$task','Europe/Berlin','2026-09-30 22:00:00.123456',0,0,'2026-09-30 20:20:00.123456','',NULL,'',0,'2026-09-30 12:00:00.123456','2026-09-30 12:00:00.123456',NULL,NULL);
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
CREATE TABLE votes (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	ballot_id INTEGER NOT NULL, 
	person TEXT NOT NULL, 
	choice TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	way TEXT NOT NULL, 
	event_id TEXT NOT NULL, 
	cast_at DATETIME NOT NULL, 
	CONSTRAINT fk_votes_ballot_id FOREIGN KEY(ballot_id) REFERENCES ballots (id), 
	CONSTRAINT uq_votes_event_id UNIQUE (event_id)
);
INSERT INTO "votes" VALUES(1,1,'@ann:kaz.test','yes','','command','$vote','2026-09-30 12:01:00.123456');
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
CREATE INDEX ix_seats_person ON seats (person);
CREATE INDEX ix_papers_author ON papers (author);
CREATE INDEX ix_papers_event_id ON papers (event_id);
CREATE INDEX ix_papers_open ON papers (room_id, id) WHERE state IN ('draft', 'voting', 'deferred');
CREATE INDEX ix_editions_author ON editions (author);
CREATE INDEX ix_editions_event_id ON editions (event_id);
CREATE INDEX ix_ballots_next_at ON ballots (next_at, id) WHERE next_at IS NOT NULL;
CREATE UNIQUE INDEX ix_ballots_open ON ballots (paper_id) WHERE state = 'open';
CREATE INDEX ix_ballots_opened_by ON ballots (opened_by);
CREATE INDEX ix_ballots_paper_id ON ballots (paper_id);
CREATE INDEX ix_electors_person ON electors (person);
CREATE INDEX ix_votes_ballot_id ON votes (ballot_id);
CREATE INDEX ix_votes_person ON votes (person);
CREATE INDEX ix_decisions_room_id ON decisions (room_id);
CREATE INDEX ix_tasks_decision ON tasks (decision);
CREATE INDEX ix_tasks_event_id ON tasks (event_id);
CREATE INDEX ix_tasks_next_at ON tasks (next_at, id) WHERE next_at IS NOT NULL;
CREATE INDEX ix_tasks_open ON tasks (room_id, due_at, id) WHERE state IN ('open', 'accepted');
CREATE INDEX ix_tasks_owner ON tasks (owner);
CREATE INDEX ix_tasks_person ON tasks (person, due_at, id);
CREATE INDEX ix_tasks_room_id ON tasks (room_id, due_at, id);
CREATE INDEX ix_meetings_event_id ON meetings (event_id);
CREATE INDEX ix_meetings_next_at ON meetings (next_at, id) WHERE next_at IS NOT NULL;
CREATE INDEX ix_meetings_owner ON meetings (owner);
CREATE INDEX ix_meetings_room_id ON meetings (room_id, starts_at, id);
CREATE INDEX ix_agenda_items_by ON agenda_items ("by");
CREATE INDEX ix_agenda_items_event_id ON agenda_items (event_id);
CREATE INDEX ix_agenda_items_meeting_id ON agenda_items (meeting_id);
CREATE INDEX ix_agenda_items_paper_id ON agenda_items (paper_id);
CREATE INDEX ix_agenda_items_task_id ON agenda_items (task_id);
CREATE INDEX ix_agenda_items_waiting ON agenda_items (room_id, id) WHERE meeting_id IS NULL;
CREATE INDEX ix_attendance_person ON attendance (person);
CREATE INDEX ix_blocks_by ON blocks ("by");
CREATE UNIQUE INDEX ix_blocks_live ON blocks (ticket_id) WHERE ended_at IS NULL;
CREATE INDEX ix_blocks_paper_id ON blocks (paper_id);
CREATE INDEX ix_blocks_ticket_id ON blocks (ticket_id);
CREATE INDEX ix_committee_trail_actor ON committee_trail (actor);
CREATE INDEX ix_committee_trail_cause ON committee_trail (cause);
CREATE INDEX ix_committee_trail_subject ON committee_trail (subject);
CREATE INDEX ix_subject_letters_subject ON subject_letters (subject);
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
INSERT INTO "sqlite_sequence" VALUES('bodies',1);
INSERT INTO "sqlite_sequence" VALUES('papers',1);
INSERT INTO "sqlite_sequence" VALUES('ballots',1);
INSERT INTO "sqlite_sequence" VALUES('votes',1);
INSERT INTO "sqlite_sequence" VALUES('tasks',1);
INSERT INTO "sqlite_sequence" VALUES('meetings',1);
INSERT INTO "sqlite_sequence" VALUES('agenda_items',1);
INSERT INTO "sqlite_sequence" VALUES('blocks',1);
INSERT INTO "sqlite_sequence" VALUES('committee_trail',1);
COMMIT;
