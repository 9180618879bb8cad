"""Exports of an archive, and imports of their files, without HTTP."""

from app.formats.file_format import Format
from app.formats.opening import open_lines
from app.services.statements.ports import StatementFilter


def exported_bytes(archive, export_format, filters=None, viewer=None):
    """The whole export."""
    exports = archive.export_records
    return b"".join(exports.chunks(exports.statements(filters or StatementFilter(), viewer), export_format))


def import_file(archive, path, content):
    """The report of the import of a file with this content; its format is told from its name."""
    path.write_bytes(content)
    return archive.import_statements((file.name, line) for file, line in open_lines(path, Format.AUTO))
