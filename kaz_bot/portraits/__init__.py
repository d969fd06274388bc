"""Puts together all that is stored about one person."""

from kaz_bot.portraits.committee import committee_records as committee_records
from kaz_bot.portraits.portrait import Portrait as Portrait
from kaz_bot.portraits.portrait import portrait_of as portrait_of
from kaz_bot.portraits.records import Record as Record
from kaz_bot.portraits.records import Sight as Sight
from kaz_bot.portraits.records import affiliation_of as affiliation_of
from kaz_bot.portraits.records import calendar_of as calendar_of
from kaz_bot.portraits.records import digest_order_of as digest_order_of
from kaz_bot.portraits.records import records_in as records_in
