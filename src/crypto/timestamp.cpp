#include "crypto/timestamp.h"

#include "crypto/openssl.h"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ts.h>

#include <algorithm>
#include <ctime>

namespace comity::crypto {
namespace {

using Request = std::unique_ptr<TS_REQ, FreeWith<TS_REQ_free>>;
using Response = std::unique_ptr<TS_RESP, FreeWith<TS_RESP_free>>;
using Imprint = std::unique_ptr<TS_MSG_IMPRINT, FreeWith<TS_MSG_IMPRINT_free>>;
using Algorithm = std::unique_ptr<X509_ALGOR, FreeWith<X509_ALGOR_free>>;
using Integer = std::unique_ptr<ASN1_INTEGER, FreeWith<ASN1_INTEGER_free>>;
using Number = std::unique_ptr<BIGNUM, FreeWith<BN_free>>;
using CertificateStore = std::unique_ptr<X509_STORE, FreeWith<X509_STORE_free>>;
using Verification = std::unique_ptr<TS_VERIFY_CTX, FreeWith<TS_VERIFY_CTX_free>>;

Error not_authentic(std::string_view what)
{
    return openssl_error(Error::Kind::not_authentic, what);
}

Integer to_integer(std::uint64_t number)
{
    Integer out { ASN1_INTEGER_new() };
    MUST(out && ASN1_INTEGER_set_uint64(out.get(), number) == 1);
    return out;
}

Imprint to_imprint(Digest const& digest)
{
    Imprint out { TS_MSG_IMPRINT_new() };
    Algorithm const sha256 { X509_ALGOR_new() };
    MUST(out && sha256);
    X509_ALGOR_set_md(sha256.get(), EVP_sha256());
    Digest copy = digest; // the function takes bytes that it does not change
    MUST(TS_MSG_IMPRINT_set_algo(out.get(), sha256.get()) == 1);
    MUST(TS_MSG_IMPRINT_set_msg(out.get(), copy.data(), static_cast<int>(copy.size())) == 1);
    return out;
}

Request make_request(Digest const& imprint, std::optional<std::uint64_t> nonce)
{
    Request out { TS_REQ_new() };
    MUST(out && TS_REQ_set_version(out.get(), 1) == 1);
    MUST(TS_REQ_set_msg_imprint(out.get(), to_imprint(imprint).get()) == 1);
    MUST(TS_REQ_set_cert_req(out.get(), 1) == 1);
    if (nonce) MUST(TS_REQ_set_nonce(out.get(), to_integer(*nonce).get()) == 1);
    return out;
}

Result<Response> read_response(ByteView der)
{
    if (der.size() > timestamp_bytes_max)
        return Error { Error::Kind::too_large,
            fmt::format("a time-stamp of {} bytes, {} at most", der.size(), timestamp_bytes_max) };
    auto const* at = der.data();
    Response out { d2i_TS_RESP(nullptr, &at, static_cast<long>(der.size())) };
    if (!out || at != der.data() + der.size())
        return openssl_error(Error::Kind::malformed, "not an answer of a time-stamp authority");
    return out;
}

/// One answer has one spelling: DER, as OpenSSL writes it.
bool is_der(TS_RESP* response, ByteView der)
{
    std::uint8_t* bytes = nullptr;
    auto const size = i2d_TS_RESP(response, &bytes);
    bool const same = size >= 0 && std::ranges::equal(ByteView { bytes, std::size_t(size) }, der);
    OPENSSL_free(bytes);
    return same;
}

Result<void> refuse_not_granted(TS_RESP* response)
{
    auto const status
        = ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(TS_RESP_get_status_info(response)));
    if (status == TS_STATUS_GRANTED || status == TS_STATUS_GRANTED_WITH_MODS) return {};
    return Error { Error::Kind::unavailable,
        fmt::format("the time-stamp authority refused with status {}", status) };
}

Result<Instant> time_of(TS_TST_INFO const* token)
{
    std::tm parts {};
    if (ASN1_TIME_to_tm(TS_TST_INFO_get_time(token), &parts) != 1)
        return openssl_error(Error::Kind::malformed, "a time-stamp without its time");
    return Instant { std::chrono::seconds { ::timegm(&parts) } };
}

std::string hex_of(ASN1_INTEGER const* number)
{
    Number const value { ASN1_INTEGER_to_BN(number, nullptr) };
    Bytes bytes(value ? static_cast<std::size_t>(BN_num_bytes(value.get())) : 0);
    if (value) BN_bn2bin(value.get(), bytes.data());
    return to_hex(bytes);
}

/// The authorities, and the moment at which the signer's days are judged.
CertificateStore make_store(std::span<Certificate const> authorities, Instant at)
{
    CertificateStore out { X509_STORE_new() };
    MUST(out != nullptr);
    for (auto const& each : authorities) MUST(X509_STORE_add_cert(out.get(), each.handle()) == 1);
    auto* rules = X509_STORE_get0_param(out.get());
    // The authority's own certificate is enough; whoever issued it need not be known.
    MUST(X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_PARTIAL_CHAIN) == 1);
    X509_VERIFY_PARAM_set_time(
        rules, std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count());
    return out;
}

} // namespace

Bytes timestamp_request(Digest const& imprint, std::uint64_t nonce)
{
    auto const request = make_request(imprint, nonce);
    std::uint8_t* der = nullptr;
    auto const size = i2d_TS_REQ(request.get(), &der);
    MUST(size > 0);
    Bytes out { der, der + size };
    OPENSSL_free(der);
    return out;
}

Result<Timestamp> check_timestamp(ByteView response, Digest const& imprint,
    std::optional<std::uint64_t> nonce, std::span<Certificate const> authorities)
{
    auto const read = TRY(read_response(response));
    if (!is_der(read.get(), response))
        return Error { Error::Kind::malformed, "a time-stamp that is not DER" };
    TRY(refuse_not_granted(read.get()));
    auto const* token = TS_RESP_get_tst_info(read.get());
    if (token == nullptr) return Error { Error::Kind::malformed, "a time-stamp without its token" };
    auto const at = TRY(time_of(token));
    Verification const rules { TS_REQ_to_TS_VERIFY_CTX(
        make_request(imprint, nonce).get(), nullptr) };
    MUST(rules != nullptr);
    TS_VERIFY_CTX_add_flags(rules.get(), TS_VFY_SIGNATURE | TS_VFY_SIGNER);
    TS_VERIFY_CTX_set_store(rules.get(), make_store(authorities, at).release());
    if (TS_RESP_verify_response(rules.get(), read.get()) != 1)
        return not_authentic("the time-stamp does not hold");
    ERR_clear_error();
    return Timestamp { at, hex_of(TS_TST_INFO_get_serial(token)) };
}

} // namespace comity::crypto
