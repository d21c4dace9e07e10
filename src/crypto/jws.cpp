#include "crypto/jws.h"

#include "crypto/openssl.h"

#include <boost/json/value.hpp>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/param_build.h>

#include <algorithm>

namespace comity::crypto {
namespace {

constexpr int rsa_bits_min = 2048;
constexpr std::size_t p256_coordinate_bytes = 32;

using ParamBuilder = std::unique_ptr<OSSL_PARAM_BLD, FreeWith<OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, FreeWith<OSSL_PARAM_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, FreeWith<EVP_PKEY_CTX_free>>;
using Number = std::unique_ptr<BIGNUM, FreeWith<BN_free>>;
using Signature = std::unique_ptr<ECDSA_SIG, FreeWith<ECDSA_SIG_free>>;

Error malformed(std::string what)
{
    return { Error::Kind::malformed, std::move(what), "token" };
}

std::string text_of(json::Object const& object, std::string_view name)
{
    auto const* found = object.if_contains(name);
    return found && found->is_string() ? std::string { found->get_string() } : std::string {};
}

Result<Key> made(char const* kind, OSSL_PARAM_BLD* builder)
{
    Params const params { OSSL_PARAM_BLD_to_param(builder) };
    KeyContext const context { EVP_PKEY_CTX_new_from_name(nullptr, kind, nullptr) };
    EVP_PKEY* key = nullptr;
    if (EVP_PKEY_fromdata_init(context.get()) != 1
        || EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get()) != 1)
        return openssl_error(Error::Kind::malformed, "a key of the set is none");
    return Key { key };
}

Number number_of(ByteView bytes)
{
    return Number { BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr) };
}

Result<Key> read_rsa(json::Object const& jwk)
{
    auto const modulus = number_of(TRY(from_base64url(text_of(jwk, "n"))));
    auto const exponent = number_of(TRY(from_base64url(text_of(jwk, "e"))));
    if (BN_num_bits(modulus.get()) < rsa_bits_min || BN_num_bits(modulus.get()) > 8192)
        return malformed("an RSA key has 2048 to 8192 bits");
    ParamBuilder const builder { OSSL_PARAM_BLD_new() };
    MUST(OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get()) == 1);
    MUST(OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get()) == 1);
    return made("RSA", builder.get());
}

Result<Key> read_p256(json::Object const& jwk)
{
    auto const x = TRY(from_base64url(text_of(jwk, "x")));
    auto const y = TRY(from_base64url(text_of(jwk, "y")));
    if (x.size() != p256_coordinate_bytes || y.size() != p256_coordinate_bytes)
        return malformed("a coordinate of P-256 has 32 bytes");
    Bytes point { 4 };
    point.insert(point.end(), x.begin(), x.end());
    point.insert(point.end(), y.begin(), y.end());
    ParamBuilder const builder { OSSL_PARAM_BLD_new() };
    MUST(OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0)
        == 1);
    MUST(OSSL_PARAM_BLD_push_octet_string(
             builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size())
        == 1);
    return made("EC", builder.get());
}

/// JWS puts r and s one after the other; OpenSSL wants them as DER (RFC 7518 section 3.4).
Result<Bytes> der_signature(ByteView raw)
{
    if (raw.size() != 2 * p256_coordinate_bytes)
        return malformed("an ES256 signature has 64 bytes");
    Signature const signature { ECDSA_SIG_new() };
    MUST(ECDSA_SIG_set0(signature.get(), number_of(raw.first(p256_coordinate_bytes)).release(),
             number_of(raw.subspan(p256_coordinate_bytes)).release())
        == 1);
    Bytes der(static_cast<std::size_t>(i2d_ECDSA_SIG(signature.get(), nullptr)));
    auto* out = der.data();
    i2d_ECDSA_SIG(signature.get(), &out);
    return der;
}

bool holds(JwsKey const& key, std::string_view signed_text, ByteView signature)
{
    DigestContext const context { EVP_MD_CTX_new() };
    MUST(
        EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key.key.handle()) == 1);
    auto const bytes = as_view(signed_text);
    auto const good = EVP_DigestVerify(
        context.get(), signature.data(), signature.size(), bytes.data(), bytes.size());
    static_cast<void>(openssl_error(Error::Kind::not_authentic, "")); // empties OpenSSL's queue
    return good == 1;
}

Result<json::Object> object_in(std::string_view part)
{
    auto const bytes = TRY(from_base64url(part));
    auto const value = TRY(json::parse(as_text(bytes)));
    if (!value.is_object()) return malformed("a part of the token is no object");
    return value.get_object();
}

} // namespace

std::string to_base64url(ByteView bytes)
{
    auto out = to_base64(bytes);
    std::ranges::replace(out, '+', '-');
    std::ranges::replace(out, '/', '_');
    out.erase(std::min(out.find('='), out.size()));
    return out;
}

Result<Bytes> from_base64url(std::string_view text)
{
    if (text.empty() || text.find_first_of("+/=") != text.npos)
        return malformed("not base64url (RFC 4648 section 5)");
    std::string padded { text };
    std::ranges::replace(padded, '-', '+');
    std::ranges::replace(padded, '_', '/');
    padded.append((4 - padded.size() % 4) % 4, '=');
    return from_base64(padded);
}

Result<std::vector<JwsKey>> read_jwk_set(json::Value const& set)
{
    auto const* keys = set.is_object() ? set.get_object().if_contains("keys") : nullptr;
    if (!keys || !keys->is_array()) return malformed("a key set has a list `keys`");
    if (keys->get_array().size() > jws_keys_max)
        return Error { Error::Kind::too_large,
            "a key set of over " + std::to_string(jws_keys_max) + " keys" };
    std::vector<JwsKey> out;
    for (auto const& each : keys->get_array()) {
        if (!each.is_object()) return malformed("a key of the set is no object");
        auto const& jwk = each.get_object();
        auto const use = text_of(jwk, "use"), kind = text_of(jwk, "kty");
        bool const is_rsa = kind == "RSA";
        bool const is_p256 = kind == "EC" && text_of(jwk, "crv") == "P-256";
        std::string const algorithm = is_rsa ? "RS256" : "ES256";
        auto const named = text_of(jwk, "alg");
        bool const fits = named.empty() || named == algorithm;
        if ((!is_rsa && !is_p256) || !fits || (!use.empty() && use != "sig")) continue;
        auto const key = TRY(is_rsa ? read_rsa(jwk) : read_p256(jwk));
        out.push_back({ text_of(jwk, "kid"), algorithm, key });
    }
    return out;
}

Result<json::Object> verify_jws(std::string_view token, std::vector<JwsKey> const& keys)
{
    if (token.size() > jws_bytes_max)
        return Error { Error::Kind::too_large,
            "a token of over " + std::to_string(jws_bytes_max) + " bytes" };
    auto const first = token.find('.');
    auto const second = token.find('.', first == token.npos ? first : first + 1);
    if (second == token.npos || token.find('.', second + 1) != token.npos)
        return malformed("a token has three parts");
    auto const header = TRY(object_in(token.substr(0, first)));
    if (header.contains("crit")) return malformed("an extension that is not understood");
    auto const raw = TRY(from_base64url(token.substr(second + 1)));
    auto const id = text_of(header, "kid"), algorithm = text_of(header, "alg");
    bool known = false;
    for (auto const& key : keys) {
        if (key.algorithm != algorithm || (!id.empty() && key.id != id)) continue;
        known = true;
        auto const signature = algorithm == "ES256" ? TRY(der_signature(raw)) : raw;
        if (holds(key, token.substr(0, second), signature))
            return object_in(token.substr(first + 1, second - first - 1));
    }
    if (!known) return Error { Error::Kind::not_found, "no key for this token", "token" };
    return Error { Error::Kind::not_authentic, "the token's signature does not hold", "token" };
}

} // namespace comity::crypto
