"""Owns Matrix: session and sync, encryption, identity, decoding and delivery."""

from kaz_bot.matrix.api import HomeserverRefused as HomeserverRefused
from kaz_bot.matrix.files import DataDirectoryInUse as DataDirectoryInUse
from kaz_bot.matrix.parcels import parcel_of as parcel_of
from kaz_bot.matrix.report import IdentityReport as IdentityReport
from kaz_bot.matrix.session import Session as Session
from kaz_bot.matrix.settings import SessionSettings as SessionSettings
from kaz_bot.matrix.touch import HEARD_WITHIN as HEARD_WITHIN
