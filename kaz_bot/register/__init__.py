"""Hands out the register of decisions, and other lists, as files."""

from kaz_bot.register.booklet import booklet_of as booklet_of
from kaz_bot.register.columns import sheet_of as sheet_of
from kaz_bot.register.extracts import Extract as Extract
from kaz_bot.register.files import csv_file as csv_file
from kaz_bot.register.files import json_file as json_file
from kaz_bot.register.files import pdf_file as pdf_file
from kaz_bot.register.handing_out import files_of as files_of
from kaz_bot.register.oparl import oparl_of as oparl_of
from kaz_bot.register.programme import programme_files as programme_files
from kaz_bot.register.proof import Copy as Copy
from kaz_bot.register.proof import NoRegister as NoRegister
from kaz_bot.register.proof import copy_of as copy_of
from kaz_bot.register.sheets import Sheet as Sheet
from kaz_bot.register.sheets import csv_of as csv_of
from kaz_bot.register.sheets import document_of as document_of
from kaz_bot.register.wishes import Form as Form
from kaz_bot.register.wishes import Part as Part
from kaz_bot.register.wishes import Wish as Wish
