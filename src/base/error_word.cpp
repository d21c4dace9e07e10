#include "base/error_word.h"

namespace comity {

std::string_view word(Error::Kind kind)
{
    switch (kind) {
    case Error::Kind::malformed: return "malformed";
    case Error::Kind::not_found: return "not-found";
    case Error::Kind::not_authentic: return "not-authentic";
    case Error::Kind::not_permitted: return "not-permitted";
    case Error::Kind::conflict: return "conflict";
    case Error::Kind::too_large: return "too-large";
    case Error::Kind::unavailable: return "unavailable";
    }
    return "unavailable";
}

} // namespace comity
