// Reads a calendar as Thunderbird and Nextcloud do, with ical.js and the zones of the file alone.
// From standard input comes the file; out goes a line of JSON: for each title when it is.

import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const COUNT = Number(process.argv[2]);

// Zones that the file does not describe must not be known from elsewhere.
ICAL.TimezoneService.reset();
const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) {
  ICAL.TimezoneService.register(new ICAL.Timezone(zone));
}

const events = calendar.getAllSubcomponents("vevent").map((event) => new ICAL.Event(event));
const moved = events.filter((event) => event.isRecurrenceException());
const found = {};
for (const event of events.filter((event) => !event.isRecurrenceException())) {
  moved.filter((one) => one.uid === event.uid).forEach((one) => event.relateException(one));
  found[event.summary] = starts(event).map(written);
}
process.stdout.write(JSON.stringify(found));

function starts(event) {
  if (!event.isRecurring()) return [event.startDate];
  const times = event.iterator();
  const shown = [];
  for (let next = times.next(); next && shown.length < COUNT; next = times.next()) {
    shown.push(event.getOccurrenceDetails(next).startDate);
  }
  return shown;
}

function written(time) {
  return time.isDate ? time.toString() : new Date(time.toUnixTime() * 1000).toISOString();
}
