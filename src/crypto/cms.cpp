#include "crypto/cms.h"

#include "crypto/der.h"
#include "crypto/openssl.h"

#include <algorithm>
#include <optional>

/// SignedData (RFC 5652) as this system writes it and as it takes it: one signer, one certificate,
/// one spelling. OpenSSL signs and verifies; its CMS reader takes more than that, decodes a
/// certificate that counts for nothing each time, and cost five times what the signature does.
namespace comity::crypto {
namespace {

using der::Reader;
using der::wrap;

constexpr std::uint8_t signed_data_type[]
    = { 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02 };
constexpr std::uint8_t data_type[]
    = { 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01 };
constexpr std::uint8_t sha256_algorithm[]
    = { 0x30, 0x0b, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01 };
constexpr std::uint8_t ecdsa_sha256_algorithm[]
    = { 0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02 };
constexpr std::uint8_t version_1[] = { 0x02, 0x01, 0x01 };

// Attributes: RFC 5652 section 11, RFC 5035 for the signer's certificate.
constexpr std::uint8_t content_type[]
    = { 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x03 };
constexpr std::uint8_t message_digest[]
    = { 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x04 };
constexpr std::uint8_t signing_time_type[]
    = { 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x05 };
constexpr std::uint8_t signing_certificate[]
    = { 0x06, 0x0b, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x02, 0x2f };

Error not_authentic(std::string_view what)
{
    return openssl_error(Error::Kind::not_authentic, what);
}

/// Foreign DER taken apart, nothing checked but its form.
struct Signed {
    std::optional<ByteView> content; ///< Where it is enclosed.
    ByteView certificate;
    ByteView signer; ///< Issuer and serial number.
    ByteView attributes;
    ByteView signature;
};

Result<void> read_signer(Reader info, Signed& out)
{
    TRY(info.skip(version_1));
    out.signer = TRY(info.take_whole(der::sequence));
    TRY(info.skip(sha256_algorithm));
    out.attributes = TRY(info.take(der::constructed(0)));
    TRY(info.skip(ecdsa_sha256_algorithm));
    out.signature = TRY(info.take(der::octets));
    return info.end(); // No unsigned attributes.
}

Result<Signed> read_signed(ByteView bytes)
{
    Reader whole { bytes };
    Reader info { TRY(whole.take(der::sequence)) };
    TRY(whole.end());
    TRY(info.skip(signed_data_type));
    Reader wrapped { TRY(info.take(der::constructed(0))) };
    TRY(info.end());
    Reader data { TRY(wrapped.take(der::sequence)) };
    TRY(wrapped.end());
    TRY(data.skip(version_1));
    Reader digests { TRY(data.take(der::set)) };
    TRY(digests.skip(sha256_algorithm));
    TRY(digests.end());
    Signed out;
    Reader content { TRY(data.take(der::sequence)) };
    TRY(content.skip(data_type));
    if (!content.done()) {
        Reader enclosed { TRY(content.take(der::constructed(0))) };
        out.content = TRY(enclosed.take(der::octets));
        TRY(enclosed.end());
        TRY(content.end());
    }
    Reader certificates { TRY(data.take(der::constructed(0))) };
    out.certificate = TRY(certificates.take_whole(der::sequence));
    TRY(certificates.end());
    Reader signers { TRY(data.take(der::set)) };
    TRY(data.end());
    auto const signer = TRY(signers.take(der::sequence));
    TRY(read_signer(Reader { signer }, out));
    TRY(signers.end());
    return out;
}

/// The single value of an attribute that must stand there once.
Result<ByteView> attribute(Signed const& from, ByteView type)
{
    std::optional<ByteView> found;
    for (Reader all { from.attributes }; !all.done();) {
        Reader one { TRY(all.take(der::sequence)) };
        if (!one.skip(type).ok()) continue;
        if (found) return not_authentic("an attribute stands twice");
        found = TRY(one.take(der::set));
        TRY(one.end());
    }
    if (!found) return not_authentic("an attribute is missing");
    return *found;
}

Bytes issuer_of(Certificate const& certificate)
{
    auto const* name = X509_get_issuer_name(certificate.handle());
    Bytes out(static_cast<std::size_t>(i2d_X509_NAME(name, nullptr)));
    auto* to = out.data();
    i2d_X509_NAME(name, &to);
    return out;
}

Bytes serial_of(Certificate const& certificate)
{
    auto const* serial = X509_get0_serialNumber(certificate.handle());
    Bytes out(static_cast<std::size_t>(i2d_ASN1_INTEGER(serial, nullptr)));
    auto* to = out.data();
    i2d_ASN1_INTEGER(serial, &to);
    return out;
}

Bytes signer_name(Certificate const& signer)
{
    return wrap(der::sequence, { issuer_of(signer), serial_of(signer) });
}

/// ESSCertIDv2 with SHA-256, which is the default and so is not written: binds the certificate into
/// what is signed (CAdES-BES). `issuer_and_serial` may be empty.
Bytes certificate_value(Certificate const& signer, ByteView issuer_and_serial)
{
    auto const hash = wrap(der::octets, { signer.fingerprint() });
    auto const id = wrap(der::sequence, { hash, issuer_and_serial });
    return wrap(der::sequence, { wrap(der::sequence, { id }) });
}

Bytes certificate_value(Certificate const& signer)
{
    auto const name = wrap(der::sequence, { wrap(der::constructed(4), { issuer_of(signer) }) });
    return certificate_value(signer, wrap(der::sequence, { name, serial_of(signer) }));
}

Bytes time_value(Instant at)
{
    auto const seconds = std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
    std::unique_ptr<ASN1_TIME, FreeWith<ASN1_TIME_free>> const time { ASN1_TIME_set(
        nullptr, seconds) };
    MUST(time != nullptr);
    auto const text = as_view({ reinterpret_cast<char const*>(ASN1_STRING_get0_data(time.get())),
        static_cast<std::size_t>(ASN1_STRING_length(time.get())) });
    return wrap(static_cast<std::uint8_t>(ASN1_STRING_type(time.get())), { text });
}

Bytes attribute_of(ByteView type, ByteView value)
{
    return wrap(der::sequence, { type, wrap(der::set, { value }) });
}

/// In the order that DER gives a set: the shorter ones first.
Bytes attributes_of(Digest const& content, Certificate const& signer, Instant at)
{
    Bytes out;
    for (auto const& each :
        { attribute_of(content_type, data_type), attribute_of(signing_time_type, time_value(at)),
            attribute_of(message_digest, wrap(der::octets, { content })),
            attribute_of(signing_certificate, certificate_value(signer)) })
        out.insert(out.end(), each.begin(), each.end());
    return out;
}

/// What is signed is the set itself, not as it is tagged in the message (RFC 5652 section 5.4).
Digest digest_of(ByteView attributes)
{
    return sha256(wrap(der::set, { attributes }));
}

using KeyContext = std::unique_ptr<EVP_PKEY_CTX, FreeWith<EVP_PKEY_CTX_free>>;

Bytes ecdsa(Digest const& digest, Key const& key)
{
    KeyContext const context { EVP_PKEY_CTX_new(key.handle(), nullptr) };
    MUST(context && EVP_PKEY_sign_init(context.get()) == 1);
    std::size_t size = 0;
    MUST(EVP_PKEY_sign(context.get(), nullptr, &size, digest.data(), digest.size()) == 1);
    Bytes out(size);
    MUST(EVP_PKEY_sign(context.get(), out.data(), &size, digest.data(), digest.size()) == 1);
    out.resize(size);
    return out;
}

bool ecdsa_holds(ByteView signature, Digest const& digest, Certificate const& signer)
{
    auto* key = X509_get0_pubkey(signer.handle());
    if (!key || EVP_PKEY_get_base_id(key) != EVP_PKEY_EC) return false;
    KeyContext const context { EVP_PKEY_CTX_new(key, nullptr) };
    return context && EVP_PKEY_verify_init(context.get()) == 1
        && EVP_PKEY_verify(
               context.get(), signature.data(), signature.size(), digest.data(), digest.size())
        == 1;
}

bool equal(ByteView a, ByteView b)
{
    return std::ranges::equal(a, b);
}

Result<void> verify(Signed const& from, Digest const& content, Certificate const& signer)
{
    if (!equal(from.certificate, signer.der()))
        return not_authentic("the signature brings another certificate than trust names");
    if (!equal(from.signer, signer_name(signer)))
        return not_authentic("the signer is named in another spelling");
    auto const bound = TRY(attribute(from, signing_certificate));
    if (!equal(TRY(attribute(from, content_type)), data_type)
        || (!equal(bound, certificate_value(signer))
            && !equal(bound, certificate_value(signer, {}))))
        return not_authentic("a signature of another form");
    if (!equal(TRY(attribute(from, message_digest)), wrap(der::octets, { content })))
        return not_authentic("the signature is over other bytes");
    if (!ecdsa_holds(from.signature, digest_of(from.attributes), signer))
        return not_authentic("the signature does not hold");
    return {};
}

} // namespace

Bytes sign(ByteView content, Content form, Identity const& signer, Instant at)
{
    auto const& certificate = signer.certificate;
    auto const attributes = attributes_of(sha256(content), certificate, at);
    auto const signature = ecdsa(digest_of(attributes), signer.key);
    auto const info = wrap(der::sequence,
        { version_1, signer_name(certificate), sha256_algorithm,
            wrap(der::constructed(0), { attributes }), ecdsa_sha256_algorithm,
            wrap(der::octets, { signature }) });
    Bytes enclosed;
    if (form == Content::enclosed)
        enclosed = wrap(der::constructed(0), { wrap(der::octets, { content }) });
    auto const data = wrap(der::sequence,
        { version_1, wrap(der::set, { sha256_algorithm }),
            wrap(der::sequence, { data_type, enclosed }),
            wrap(der::constructed(0), { certificate.der() }), wrap(der::set, { info }) });
    return wrap(der::sequence, { signed_data_type, wrap(der::constructed(0), { data }) });
}

Result<void> verify_detached(ByteView signature, ByteView content, Certificate const& signer)
{
    auto const read = TRY(read_signed(signature));
    if (read.content) return not_authentic("the signature carries content");
    return verify(read, sha256(content), signer);
}

Result<Bytes> verify_enclosed(ByteView signature, Certificate const& signer)
{
    auto const read = TRY(read_signed(signature));
    if (!read.content) return not_authentic("the signature carries no content");
    TRY(verify(read, sha256(*read.content), signer));
    return Bytes { read.content->begin(), read.content->end() };
}

Result<std::string> enclosed_content(ByteView signature)
{
    auto const read = TRY(read_signed(signature));
    if (!read.content) return not_authentic("the signature carries no content");
    return std::string { as_text(*read.content) };
}

Result<Certificate> claimed_signer(ByteView signature)
{
    return Certificate::read_der(TRY(read_signed(signature)).certificate);
}

Result<Digest> claimed_fingerprint(ByteView signature)
{
    return sha256(TRY(read_signed(signature)).certificate);
}

Result<Instant> signing_time(ByteView signature)
{
    auto const value = TRY(attribute(TRY(read_signed(signature)), signing_time_type));
    auto const* at = value.data();
    std::unique_ptr<ASN1_TIME, FreeWith<ASN1_TIME_free>> const time { d2i_ASN1_TIME(
        nullptr, &at, static_cast<long>(value.size())) };
    if (!time || at != value.data() + value.size() || ASN1_TIME_check(time.get()) != 1)
        return not_authentic("no signing time");
    return to_instant(time.get());
}

} // namespace comity::crypto
