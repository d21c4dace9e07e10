#include "crypto/certificate.h"

#include "crypto/openssl.h"

#include <openssl/pem.h>

namespace comity::crypto {
namespace {

time_t to_time_t(Instant instant)
{
    return std::chrono::floor<std::chrono::seconds>(instant).time_since_epoch().count();
}

void add_extension(X509* certificate, X509* issuer, int id, char const* value)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    std::unique_ptr<X509_EXTENSION, FreeWith<X509_EXTENSION_free>> const extension {
        X509V3_EXT_conf_nid(nullptr, &context, id, value)
    };
    MUST(extension && X509_add_ext(certificate, extension.get(), -1) == 1);
}

void add_usage(X509* certificate, X509* issuer, CertificateOrder const& order)
{
    auto const add
        = [&](int id, char const* value) { add_extension(certificate, issuer, id, value); };
    add(NID_basic_constraints,
        order.usage == Usage::root ? "critical,CA:TRUE,pathlen:0" : "critical,CA:FALSE");
    switch (order.usage) {
    case Usage::root: add(NID_key_usage, "critical,keyCertSign,cRLSign"); break;
    case Usage::seal:
        add(NID_key_usage, "critical,digitalSignature,nonRepudiation");
        add(NID_ext_key_usage, "emailProtection");
        break;
    case Usage::sealing:
        add(NID_key_usage, "critical,keyAgreement");
        add(NID_ext_key_usage, "emailProtection");
        break;
    case Usage::transport:
        add(NID_key_usage, "critical,digitalSignature");
        add(NID_ext_key_usage, "serverAuth,clientAuth");
        add(NID_subject_alt_name, ("DNS:" + order.host).c_str());
        break;
    }
    add(NID_subject_key_identifier, "hash");
    add(NID_authority_key_identifier, "keyid:always");
}

void set_serial(X509* certificate, Random const& random)
{
    std::array<std::uint8_t, 16> serial {};
    random(serial);
    serial[0] = static_cast<std::uint8_t>((serial[0] & 0x7fU) | 0x40U); // positive, full length
    std::unique_ptr<BIGNUM, FreeWith<BN_free>> const number { BN_bin2bn(
        serial.data(), static_cast<int>(serial.size()), nullptr) };
    MUST(BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr);
}

void add_name(X509_NAME* name, char const* field, std::string const& value)
{
    MUST(X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8,
             reinterpret_cast<unsigned char const*>(value.data()), static_cast<int>(value.size()),
             -1, 0)
        == 1);
}

/// Empty where the name has no such entry.
std::string entry_of(X509_NAME* name, int id)
{
    auto const at = X509_NAME_get_index_by_NID(name, id, -1);
    if (at < 0) return {};
    auto* entry = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at));
    unsigned char* utf8 = nullptr;
    auto const size = ASN1_STRING_to_UTF8(&utf8, entry);
    if (size < 0) return {};
    std::string out { reinterpret_cast<char const*>(utf8), static_cast<std::size_t>(size) };
    OPENSSL_free(utf8);
    return out;
}

void add_subject(X509_NAME* name, std::string const& country, std::string const& common_name)
{
    add_name(name, "C", country);
    add_name(name, "O", "Comity TEST");
    add_name(name, "CN", common_name);
}

} // namespace

Key::Key(evp_pkey_st* key, std::shared_ptr<void> token)
    // The token outlives its keys.
    : key_(key, [held = std::move(token)](evp_pkey_st* each) { EVP_PKEY_free(each); })
{
}

Key::Key(evp_pkey_st* public_half, Signing signing)
    : key_(public_half, EVP_PKEY_free)
    , signing_(std::move(signing))
{
}

Key Key::generate(Kind kind)
{
    EVP_PKEY* key = nullptr;
    switch (kind) {
    case Kind::p256: key = EVP_EC_gen("P-256"); break;
    case Kind::p384: key = EVP_EC_gen("P-384"); break;
    case Kind::ed25519: key = EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"); break;
    }
    MUST(key != nullptr);
    return Key { key };
}

Result<Key> Key::read_pem(std::string_view pem)
{
    auto const bio = reading(as_view(pem));
    auto* key = PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr);
    if (!key) return openssl_error(Error::Kind::malformed, "not a private key in PEM");
    return Key { key };
}

std::string Key::pem() const
{
    Bio const bio { BIO_new(BIO_s_mem()) };
    MUST(PEM_write_bio_PKCS8PrivateKey(bio.get(), key_.get(), nullptr, nullptr, 0, nullptr, nullptr)
        == 1);
    return std::string { as_text(written(bio)) };
}

bool Key::is_p256() const
{
    std::array<char, 80> group {};
    return EVP_PKEY_get_group_name(key_.get(), group.data(), group.size(), nullptr) == 1
        && std::string_view { group.data() } == SN_X9_62_prime256v1;
}

Certificate::Certificate(x509_st* certificate)
    : certificate_(certificate, X509_free)
{
    der_.resize(static_cast<std::size_t>(i2d_X509(certificate, nullptr)));
    auto* out = der_.data();
    i2d_X509(certificate, &out);
    fingerprint_ = sha256(der_);
}

Result<Certificate> Certificate::read_pem(std::string_view pem)
{
    auto const bio = reading(as_view(pem));
    auto* certificate = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr);
    if (!certificate) return openssl_error(Error::Kind::malformed, "not a certificate in PEM");
    return Certificate { certificate };
}

Result<Certificate> Certificate::read_der(ByteView der)
{
    auto const* at = der.data();
    auto* parsed = d2i_X509(nullptr, &at, static_cast<long>(der.size()));
    if (!parsed) return openssl_error(Error::Kind::malformed, "not a certificate in DER");
    Certificate certificate { parsed };
    if (!std::ranges::equal(certificate.der(), der))
        return Error { Error::Kind::malformed, "a certificate with stray bytes" };
    return certificate;
}

std::string Certificate::pem() const
{
    Bio const bio { BIO_new(BIO_s_mem()) };
    MUST(PEM_write_bio_X509(bio.get(), certificate_.get()) == 1);
    return std::string { as_text(written(bio)) };
}

std::string Certificate::common_name() const
{
    return entry_of(X509_get_subject_name(certificate_.get()), NID_commonName);
}

std::string Certificate::country() const
{
    return entry_of(X509_get_subject_name(certificate_.get()), NID_countryName);
}

Instant Certificate::not_before() const
{
    return to_instant(X509_get0_notBefore(certificate_.get()));
}

Instant Certificate::not_after() const
{
    return to_instant(X509_get0_notAfter(certificate_.get()));
}

bool Certificate::issued_by(Certificate const& issuer) const
{
    auto* issuer_handle = issuer.certificate_.get();
    return (X509_get_extension_flags(issuer_handle) & EXFLAG_CA) != 0
        && X509_check_issued(issuer_handle, certificate_.get()) == X509_V_OK
        && X509_verify(certificate_.get(), X509_get0_pubkey(issuer_handle)) == 1;
}

bool Certificate::belongs_to(Key const& key) const
{
    return X509_check_private_key(certificate_.get(), key.handle()) == 1;
}

Certificate issue(CertificateOrder const& order, Key const& subject, Certificate const* issuer,
    Key const& issuer_key, Random const& random)
{
    auto* made = X509_new();
    MUST(made != nullptr);
    X509_set_version(made, X509_VERSION_3);
    set_serial(made, random);
    ASN1_TIME_set(X509_getm_notBefore(made), to_time_t(order.from));
    ASN1_TIME_set(X509_getm_notAfter(made), to_time_t(order.until));
    auto* name = X509_get_subject_name(made);
    add_subject(name, order.country, order.common_name);
    X509_set_issuer_name(made, issuer ? X509_get_subject_name(issuer->handle()) : name);
    X509_set_pubkey(made, subject.handle());
    add_usage(made, issuer ? issuer->handle() : made, order);
    MUST(X509_sign(made, issuer_key.handle(), EVP_sha256()) > 0);
    // Read again, so that it holds the public key alone and not the object of the private one.
    return Certificate::read_der(Certificate { made }.der()).take();
}

std::string request_certificate(CertificateRequest const& request)
{
    std::unique_ptr<X509_REQ, FreeWith<X509_REQ_free>> const made { X509_REQ_new() };
    MUST(made != nullptr);
    add_subject(X509_REQ_get_subject_name(made.get()), request.country, request.common_name);
    MUST(X509_REQ_set_pubkey(made.get(), request.key.handle()) == 1);
    MUST(X509_REQ_sign(made.get(), request.key.handle(), EVP_sha256()) > 0);
    Bio const bio { BIO_new(BIO_s_mem()) };
    MUST(PEM_write_bio_X509_REQ(bio.get(), made.get()) == 1);
    return std::string { as_text(written(bio)) };
}

Result<CertificateRequest> read_request(std::string_view pem)
{
    auto const bio = reading(as_view(pem));
    std::unique_ptr<X509_REQ, FreeWith<X509_REQ_free>> const read { PEM_read_bio_X509_REQ(
        bio.get(), nullptr, nullptr, nullptr) };
    if (!read) return openssl_error(Error::Kind::malformed, "not a certificate request in PEM");
    auto* name = X509_REQ_get_subject_name(read.get());
    auto* key = X509_REQ_get_pubkey(read.get());
    if (!key) return openssl_error(Error::Kind::malformed, "a certificate request without a key");
    CertificateRequest out { entry_of(name, NID_commonName), entry_of(name, NID_countryName),
        Key { key } };
    if (!out.key.is_p256())
        return Error { Error::Kind::malformed, "the key of a request must be on P-256", "request" };
    if (X509_REQ_verify(read.get(), key) != 1)
        return openssl_error(
            Error::Kind::not_authentic, "the request is not signed by its own key");
    return out;
}

} // namespace comity::crypto
