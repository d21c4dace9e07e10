#pragma once

#include "base/json.h"
#include "crypto/symmetric.h"

/// Words by which items are found again without standing in any index.
namespace comity::protection {

enum class TermKind : std::uint8_t { name, plate, vin, document, birth_date, case_number };
BOOST_DESCRIBE_ENUM(TermKind, name, plate, vin, document, birth_date, case_number)

/// One spelling for what is the same: whoever keeps an item and whoever looks for it normalises
/// alike. Plates and VINs are folded here; a name comes as the search key that the caller makes of
/// it, in one script and one order of its parts.
struct Term {
    TermKind kind {};
    std::string value;
};
BOOST_DESCRIBE_STRUCT(Term, (), (kind, value))

constexpr std::size_t term_bytes_max = 512;

/// Plate and VIN in their one spelling (search/plate.h); of the others capital letters of ASCII are
/// lowered and runs of white space are one space. Error: malformed for nothing, and over
/// term_bytes_max.
Result<Term> normalised(Term const& term);

/// What stands in the index: 16 bytes of HMAC-SHA-256 under an index key. Nobody without the key
/// can test a guess.
Bytes blinded(crypto::Key256 const& key, Term const& term);

} // namespace comity::protection
