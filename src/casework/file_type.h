#pragma once

#include "base/bytes.h"

#include <optional>
#include <span>
#include <string_view>

/// Which files may go beside a message, told by their first bytes, never by their name or by what
/// somebody says of them. Formats that carry programs or other files (archives, office documents,
/// HTML, SVG) are none of them.
namespace comity::casework {

struct FileType {
    std::string_view media_type;
    std::string_view endings; ///< Of a name, with a blank between, the usual one first: "jpg jpeg".
};

/// As many as are known.
std::span<FileType const> file_types();
/// Null where the bytes, from the beginning of the file, are of no type that may go.
FileType const* file_type_of(ByteView beginning);
/// Null where there is none of that name.
FileType const* find_file_type(std::string_view media_type);
/// Whether the name ends as files of that type do, in whatever case.
bool fits(FileType const& type, std::string_view name);

constexpr std::size_t file_name_bytes_max = 120;
/// UTF-8 that every file system and every list shows as it is: no separators of a path, nothing
/// that cannot be seen or that turns the direction of the text, neither hidden nor empty.
bool is_file_name(std::string_view name);
/// A name for the disk of whoever saves a file that came as `name` and that is of the type; null:
/// of none.
std::string name_to_save(std::string_view name, FileType const* type);

} // namespace comity::casework
