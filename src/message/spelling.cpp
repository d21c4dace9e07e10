#include "message/spelling.h"

#include "base/bytes.h"
#include "base/random.h"

#include <algorithm>

namespace comity::message {
namespace {

bool capital(char c)
{
    return 'A' <= c && c <= 'Z';
}

bool tag_character(char c)
{
    return capital(c) || ('a' <= c && c <= 'z') || ('0' <= c && c <= '9') || c == '-';
}

bool control(char c)
{
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

bool white(char c)
{
    return c == '\n' || c == '\r' || c == '\t';
}

} // namespace

bool spelt(Spelling spelling, std::string_view text)
{
    switch (spelling) {
    case Spelling::any:
    case Spelling::words:
    case Spelling::number: return true;
    case Spelling::line: return std::ranges::none_of(text, control);
    case Spelling::text:
        return std::ranges::none_of(text, [](char c) { return control(c) && !white(c); });
    case Spelling::uuid: return is_uuid(text);
    case Spelling::sha256: return text.size() == 64 && from_hex(text).ok();
    case Spelling::base64: return from_base64(text).ok();
    case Spelling::state:
    case Spelling::currency: return std::ranges::all_of(text, capital);
    case Spelling::language: return std::ranges::all_of(text, tag_character);
    }
    return false;
}

std::string_view spelling_in_words(Spelling spelling)
{
    switch (spelling) {
    case Spelling::any:
    case Spelling::words:
    case Spelling::number: return {};
    case Spelling::line: return "must be one line without control characters";
    case Spelling::text: return "must be text without control characters but line ends and tabs";
    case Spelling::uuid: return "must be a UUID in lower case";
    case Spelling::sha256: return "must be a SHA-256 in hexadecimal";
    case Spelling::base64: return "must be base64";
    case Spelling::state: return "must be two capital letters (ISO 3166-1)";
    case Spelling::currency: return "must be three capital letters (ISO 4217)";
    case Spelling::language: return "must be a language tag (BCP 47)";
    }
    return {};
}

std::string_view pattern(Spelling spelling)
{
    switch (spelling) {
    case Spelling::any:
    case Spelling::words:
    case Spelling::number: return {};
    case Spelling::line: return "^[^\\u0000-\\u001f\\u007f]*$";
    case Spelling::text: return "^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]*$";
    case Spelling::uuid: return "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$";
    case Spelling::sha256: return "^[0-9a-f]{64}$";
    case Spelling::base64:
        return "^([A-Za-z0-9+/]{4})+$|^([A-Za-z0-9+/]{4})*[A-Za-z0-9+/]{2}"
               "([A-Za-z0-9+/]=|==)$";
    case Spelling::state: return "^[A-Z]{2}$";
    case Spelling::currency: return "^[A-Z]{3}$";
    case Spelling::language: return "^[A-Za-z0-9-]+$";
    }
    return {};
}

std::string_view cut(std::string_view text, std::size_t bytes_max)
{
    if (text.size() <= bytes_max) return text;
    auto end = bytes_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) --end;
    return text.substr(0, end);
}

} // namespace comity::message
