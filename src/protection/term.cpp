#include "protection/term.h"

#include "base/json.h"
#include "search/plate.h"

#include <fmt/format.h>

namespace comity::protection {
namespace {

std::string plain_key(std::string_view text)
{
    std::string out;
    for (char c : text) {
        bool const space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (space && (out.empty() || out.back() == ' ')) continue;
        if ('A' <= c && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        out += space ? ' ' : c;
    }
    if (out.ends_with(' ')) out.pop_back();
    return out;
}

std::string key_of(Term const& term)
{
    if (term.kind == TermKind::plate) return search::plate_key(term.value);
    if (term.kind == TermKind::vin) return search::vin_key(term.value);
    return plain_key(term.value);
}

} // namespace

Result<Term> normalised(Term const& term)
{
    if (term.value.size() > term_bytes_max)
        return Error { Error::Kind::malformed,
            fmt::format("is longer than {} bytes", term_bytes_max), "term" };
    Term out { term.kind, key_of(term) };
    if (out.value.empty())
        return Error { Error::Kind::malformed,
            fmt::format("nothing is left of the {} to look for", json::word(term.kind)), "term" };
    return out;
}

Bytes blinded(crypto::Key256 const& key, Term const& term)
{
    auto const digest = crypto::hmac_sha256(key, as_view(json::word(term.kind) + ":" + term.value));
    return { digest.begin(), digest.begin() + 16 };
}

} // namespace comity::protection
