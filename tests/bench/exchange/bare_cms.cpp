// Benchmark only. Linked in place of src/crypto/cms.cpp it takes signatures and seals out of the
// pipe: what remains is what a queue does too (and SHA-256, the register, TLS). No switch of the
// product leads here.
#include "crypto/cms.h"

#include <algorithm>
#include <map>
#include <mutex>

namespace comity::crypto {
namespace {

/// Bytes of a DER value with a length of two bytes, as every certificate has.
std::size_t der_bytes(ByteView der)
{
    return der.size() < 4 ? der.size() : 4U + (std::size_t { der[2] } << 8U | der[3]);
}

Error not_authentic()
{
    return { Error::Kind::not_authentic, "the bare signature names another signer" };
}

} // namespace

Bytes sign(ByteView content, Content form, Identity const& signer, Instant)
{
    auto out = signer.certificate.der();
    if (form == Content::enclosed) out.insert(out.end(), content.begin(), content.end());
    return out;
}

Result<void> verify_detached(ByteView signature, ByteView, Certificate const& signer)
{
    if (!std::ranges::equal(signature, signer.der())) return not_authentic();
    return {};
}

Result<Bytes> verify_enclosed(ByteView signature, Certificate const& signer)
{
    auto const size = signer.der().size();
    if (signature.size() < size || !std::ranges::equal(signature.first(size), signer.der()))
        return not_authentic();
    auto const content = signature.subspan(size);
    return Bytes { content.begin(), content.end() };
}

Result<std::string> enclosed_content(ByteView signature)
{
    return std::string { as_text(signature.subspan(der_bytes(signature))) };
}

Result<Certificate> claimed_signer(ByteView signature)
{
    static std::mutex mutex;
    static std::map<Bytes, Certificate> read;
    auto const der = signature.first(std::min(signature.size(), der_bytes(signature)));
    Bytes const key { der.begin(), der.end() };
    std::scoped_lock const hold { mutex };
    auto const known = read.find(key);
    if (known != read.end()) return known->second;
    return read.emplace(key, TRY(Certificate::read_der(key))).first->second;
}

Result<Digest> claimed_fingerprint(ByteView signature)
{
    return TRY(claimed_signer(signature)).fingerprint();
}

Result<Instant> signing_time(ByteView)
{
    return not_authentic();
}

Result<bool> sealed_to(ByteView, Certificate const&)
{
    return true;
}

Bytes seal(ByteView plain, std::span<Certificate const>)
{
    return { plain.begin(), plain.end() };
}

Result<Bytes> open(ByteView sealed, Identity const&)
{
    return Bytes { sealed.begin(), sealed.end() };
}

} // namespace comity::crypto
