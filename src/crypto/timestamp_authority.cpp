#include "crypto/timestamp_authority.h"

#include "crypto/openssl.h"

#include <openssl/err.h>
#include <openssl/ts.h>

namespace comity::crypto {
namespace {

using Responder = std::unique_ptr<TS_RESP_CTX, FreeWith<TS_RESP_CTX_free>>;
using Response = std::unique_ptr<TS_RESP, FreeWith<TS_RESP_free>>;
using X509Pointer = std::unique_ptr<X509, FreeWith<X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, FreeWith<X509_EXTENSION_free>>;
using Object = std::unique_ptr<ASN1_OBJECT, FreeWith<ASN1_OBJECT_free>>;

constexpr char const* policy = "1.3.6.1.4.1.99999.1"; // no registered arc: for tests

std::time_t seconds_of(Instant at)
{
    return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
}

void add(X509* certificate, int kind, char const* value)
{
    X509V3_CTX context {};
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    Extension const extension { X509V3_EXT_conf_nid(nullptr, &context, kind, value) };
    MUST(extension && X509_add_ext(certificate, extension.get(), -1) == 1);
}

/// RFC 3161 2.3: the key's only purpose, and critical.
Certificate self_signed(std::string const& name, Key const& key, Instant from, Instant until)
{
    X509Pointer const out { X509_new() };
    MUST(out && X509_set_version(out.get(), 2) == 1);
    MUST(ASN1_INTEGER_set(X509_get_serialNumber(out.get()), 1) == 1);
    auto* subject = X509_get_subject_name(out.get());
    auto const* bytes = reinterpret_cast<unsigned char const*>(name.c_str());
    MUST(X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, bytes, -1, -1, 0) == 1);
    MUST(X509_set_issuer_name(out.get(), subject) == 1);
    MUST(ASN1_TIME_set(X509_getm_notBefore(out.get()), seconds_of(from)) != nullptr);
    MUST(ASN1_TIME_set(X509_getm_notAfter(out.get()), seconds_of(until)) != nullptr);
    MUST(X509_set_pubkey(out.get(), key.handle()) == 1);
    add(out.get(), NID_basic_constraints, "critical,CA:FALSE");
    add(out.get(), NID_key_usage, "critical,digitalSignature");
    add(out.get(), NID_ext_key_usage, "critical,timeStamping");
    add(out.get(), NID_subject_key_identifier, "hash");
    MUST(X509_sign(out.get(), key.handle(), EVP_sha256()) > 0);
    std::uint8_t* der = nullptr;
    auto const size = i2d_X509(out.get(), &der);
    MUST(size > 0);
    auto read = Certificate::read_der({ der, static_cast<std::size_t>(size) });
    OPENSSL_free(der);
    return read.take();
}

Identity make_identity(std::string const& name, Instant from, Instant until)
{
    auto key = Key::generate(Key::Kind::p256);
    auto certificate = self_signed(name, key, from, until);
    return { std::move(certificate), std::move(key) };
}

ASN1_INTEGER* next_serial(TS_RESP_CTX*, void* counter)
{
    auto* out = ASN1_INTEGER_new();
    MUST(out != nullptr);
    MUST(ASN1_INTEGER_set_uint64(out, ++*static_cast<std::uint64_t*>(counter)) == 1);
    return out;
}

int tell_time(TS_RESP_CTX*, void* now, long* seconds, long* microseconds)
{
    auto const at = *static_cast<Instant const*>(now);
    *seconds = seconds_of(at);
    *microseconds = 0;
    return 1;
}

} // namespace

TimestampAuthority::TimestampAuthority(std::string const& name, Instant from, Instant until)
    : identity_(make_identity(name, from, until))
{
}

Bytes TimestampAuthority::answer(ByteView request, Instant at)
{
    Responder const responder { TS_RESP_CTX_new() };
    Object const own_policy { OBJ_txt2obj(policy, 1) };
    auto* context = responder.get();
    MUST(context != nullptr);
    MUST(TS_RESP_CTX_set_signer_cert(context, identity_.certificate.handle()) == 1);
    MUST(TS_RESP_CTX_set_signer_key(context, identity_.key.handle()) == 1);
    MUST(TS_RESP_CTX_set_signer_digest(context, EVP_sha256()) == 1);
    MUST(TS_RESP_CTX_set_ess_cert_id_digest(context, EVP_sha256()) == 1);
    MUST(TS_RESP_CTX_set_def_policy(context, own_policy.get()) == 1);
    MUST(TS_RESP_CTX_add_md(context, EVP_sha256()) == 1);
    TS_RESP_CTX_set_serial_cb(context, next_serial, &serial_);
    TS_RESP_CTX_set_time_cb(context, tell_time, &at);
    auto const input = reading(request);
    Response const made { TS_RESP_create_response(context, input.get()) };
    ERR_clear_error(); // a bad request is answered, and says why
    MUST(made != nullptr);
    std::uint8_t* der = nullptr;
    auto const size = i2d_TS_RESP(made.get(), &der);
    MUST(size > 0);
    Bytes out { der, der + size };
    OPENSSL_free(der);
    return out;
}

} // namespace comity::crypto
