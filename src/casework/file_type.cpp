#include "casework/file_type.h"

#include "base/text.h"

#include <algorithm>
#include <array>

namespace comity::casework {
namespace {

// What each begins with: ISO 32000, ISO 10918, ISO 15948, TIFF 6.0, RFC 9649, ISO 14496-12,
// RIFF WAVE, MPEG-1 layer 3, WSQ 3.1 and ANSI/NIST-ITL 1 (field 1.001).
constexpr std::array types {
    FileType { "application/pdf", "pdf" },
    FileType { "image/jpeg", "jpg jpeg" },
    FileType { "image/png", "png" },
    FileType { "image/tiff", "tif tiff" },
    FileType { "image/webp", "webp" },
    FileType { "image/x-wsq", "wsq" },
    FileType { "video/mp4", "mp4 m4a m4v mov" },
    FileType { "audio/wav", "wav" },
    FileType { "audio/mpeg", "mp3" },
    FileType { "application/vnd.nist-itl", "nst an2 nist eft int" },
    FileType { "text/plain", "txt csv log" },
};

struct Beginning {
    std::string_view media_type;
    std::size_t at;
    std::string_view bytes;
};
using namespace std::literals;
constexpr std::array beginnings {
    Beginning { "application/pdf", 0, "%PDF-"sv },
    Beginning { "image/jpeg", 0, "\xFF\xD8\xFF"sv },
    Beginning { "image/png", 0, "\x89PNG\r\n\x1A\n"sv },
    Beginning { "image/tiff", 0, "II*\0"sv },
    Beginning { "image/tiff", 0, "MM\0*"sv },
    Beginning { "image/webp", 8, "WEBPVP8"sv },
    Beginning { "image/x-wsq", 0, "\xFF\xA0\xFF"sv },
    Beginning { "video/mp4", 4, "ftyp"sv },
    Beginning { "audio/wav", 8, "WAVEfmt "sv },
    Beginning { "audio/mpeg", 0, "ID3"sv },
    Beginning { "audio/mpeg", 0, "\xFF\xFB"sv },
    Beginning { "application/vnd.nist-itl", 0, "1.001:"sv },
};

char lowered(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

std::string ending_of(std::string_view name)
{
    auto const dot = name.rfind('.');
    std::string out { dot == name.npos ? std::string_view {} : name.substr(dot + 1) };
    std::ranges::transform(out, out.begin(), lowered);
    return out;
}

bool is_plain_text(std::string_view text)
{
    constexpr auto byte_order_mark = "\xEF\xBB\xBF"sv;
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    std::string lines { text };
    std::erase(lines, '\r');
    // A page or a script is text too, and a browser told to save it may open it.
    return !lines.empty() && is_shown_text(lines) && lines.front() != '<';
}

} // namespace

std::span<FileType const> file_types()
{
    return types;
}

FileType const* find_file_type(std::string_view media_type)
{
    auto const* const found = std::ranges::find(types, media_type, &FileType::media_type);
    return found == types.end() ? nullptr : found;
}

FileType const* file_type_of(ByteView beginning)
{
    auto const text = as_text(beginning);
    for (auto const& [media_type, at, bytes] : beginnings)
        if (text.size() > at && text.substr(at).starts_with(bytes))
            return find_file_type(media_type);
    return is_plain_text(text) ? find_file_type("text/plain") : nullptr;
}

bool fits(FileType const& type, std::string_view name)
{
    auto const ending = ending_of(name);
    auto endings = type.endings;
    while (!endings.empty()) {
        auto const one = endings.substr(0, endings.find(' '));
        if (one == ending) return true;
        endings.remove_prefix(std::min(endings.size(), one.size() + 1));
    }
    return false;
}

bool is_file_name(std::string_view name)
{
    if (name.empty() || name.size() > file_name_bytes_max) return false;
    if (name.find_first_of("/\\:*?\"<>|\n\t") != name.npos) return false;
    bool const hidden = name.front() == '.' || name.front() == ' ';
    bool const cut = name.back() == '.' || name.back() == ' ';
    return !hidden && !cut && is_shown_text(name);
}

std::string name_to_save(std::string_view name, FileType const* type)
{
    std::string out { is_file_name(name) ? name : "file" };
    if (type && !fits(*type, out))
        out += "." + std::string { type->endings.substr(0, type->endings.find(' ')) };
    if (!type) out += ".bin";
    return out;
}

} // namespace comity::casework
