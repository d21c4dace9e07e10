#include "crypto/cms.h"

#include "crypto/openssl.h"

#include <openssl/err.h>

#include <algorithm>

namespace comity::crypto {
namespace {

Bytes der_of(CMS_ContentInfo* cms)
{
    Bytes der(static_cast<std::size_t>(i2d_CMS_ContentInfo(cms, nullptr)));
    auto* out = der.data();
    i2d_CMS_ContentInfo(cms, &out);
    return der;
}

Bytes der_of(X509_NAME const* name)
{
    Bytes der(static_cast<std::size_t>(i2d_X509_NAME(name, nullptr)));
    auto* out = der.data();
    i2d_X509_NAME(name, &out);
    return der;
}

Error not_authentic(std::string_view what)
{
    return openssl_error(Error::Kind::not_authentic, what);
}

/// Foreign DER: read whole and nothing but the one spelling that writing it again gives.
Result<Cms> parse(ByteView der, int type)
{
    auto const* at = der.data();
    Cms cms { d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(der.size())) };
    if (!cms) return not_authentic("not a CMS message");
    if (OBJ_obj2nid(CMS_get0_type(cms.get())) != type) return not_authentic("CMS of another kind");
    if (!std::ranges::equal(der_of(cms.get()), der)) return not_authentic("CMS with stray bytes");
    return cms;
}

void set_signing_time(CMS_SignerInfo* signer, Instant at)
{
    auto const seconds = std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
    std::unique_ptr<ASN1_TIME, FreeWith<ASN1_TIME_free>> const time { ASN1_TIME_set(
        nullptr, seconds) };
    MUST(CMS_signed_add1_attr_by_NID(signer, NID_pkcs9_signingTime, time->type, time.get(), -1)
        == 1);
}

/// The same for SignerInfo: version 1, the signer named as its certificate spells the issuer.
Result<void> usual_signer_head(CMS_SignerInfo* signer, ByteView der, Certificate const& expected)
{
    X509_NAME* issuer = nullptr;
    ASN1_INTEGER* serial = nullptr;
    CMS_SignerInfo_get0_signer_id(signer, nullptr, &issuer, &serial);
    if (!issuer) return not_authentic("the signer is not named by issuer and serial number");
    auto const name = der_of(issuer);
    auto const& brought = expected.der();
    auto const end = std::search(der.begin(), der.end(), brought.begin(), brought.end());
    auto const after = end == der.end() ? end : end + std::ssize(brought);
    auto const at = std::search(after, der.end(), name.begin(), name.end());
    auto const named = name.size() + static_cast<std::size_t>(i2d_ASN1_INTEGER(serial, nullptr));
    auto const header = named < 0x80 ? 2 : named < 0x100 ? 3 : 4;
    constexpr std::uint8_t version[] = { 0x02, 0x01, 0x01 };
    if (name != der_of(X509_get_issuer_name(expected.handle())) || at == der.end()
        || at - after < header + std::ssize(version)
        || !std::equal(std::begin(version), std::end(version), at - header - std::ssize(version)))
        return not_authentic("the signer is named in another spelling");
    return {};
}

/// What one of our signatures looks like: a foreign one that differs in anything not covered by
/// its own signature could be altered on the way without notice.
Result<void> only_signer(CMS_ContentInfo* cms, ByteView der, Certificate const& expected)
{
    auto* signers = CMS_get0_SignerInfos(cms);
    if (sk_CMS_SignerInfo_num(signers) != 1) return not_authentic("not exactly one signer");
    auto* signer = sk_CMS_SignerInfo_value(signers, 0);
    if (CMS_unsigned_get_attr_count(signer) > 0) return not_authentic("unsigned attributes");
    struct FreeAll {
        void operator()(STACK_OF(X509) * all) const { sk_X509_pop_free(all, X509_free); }
    };
    std::unique_ptr<STACK_OF(X509), FreeAll> const brought { CMS_get1_certs(cms) };
    if (!brought || sk_X509_num(brought.get()) != 1
        || X509_cmp(sk_X509_value(brought.get(), 0), expected.handle()) != 0)
        return not_authentic("the signature brings another certificate than trust names");
    TRY(usual_signer_head(signer, der, expected));
    X509_ALGOR* digest = nullptr;
    X509_ALGOR* scheme = nullptr;
    CMS_SignerInfo_get0_algs(signer, nullptr, nullptr, &digest, &scheme);
    auto const is = [](X509_ALGOR* algorithm, int id) {
        ASN1_OBJECT const* object = nullptr;
        X509_ALGOR_get0(&object, nullptr, nullptr, algorithm);
        return OBJ_obj2nid(object) == id;
    };
    if (!is(digest, NID_sha256) || !is(scheme, NID_ecdsa_with_SHA256))
        return not_authentic("not ECDSA with SHA-256");
    return {};
}

std::size_t header_size(ByteView der)
{
    return der.size() < 2 ? der.size() : 2U + ((der[1] & 0x80U) ? der[1] & 0x7fU : 0U);
}

/// The head of SignedData is covered by no signature and OpenSSL reads it leniently, so it must
/// be the one that `sign` writes: version 1, SHA-256 alone, content of type data.
Result<void> usual_head(CMS_ContentInfo* cms, ByteView der)
{
    constexpr std::uint8_t head[] = { 0x02, 0x01, 0x01, 0x31, 0x0d, 0x30, 0x0b, 0x06, 0x09, 0x60,
        0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01 };
    constexpr std::size_t type_size = 11;
    auto rest = der.subspan(header_size(der));
    rest = rest.subspan(type_size);
    rest = rest.subspan(header_size(rest));
    rest = rest.subspan(header_size(rest));
    if (rest.size() < std::size(head) || !std::equal(std::begin(head), std::end(head), rest.begin())
        || OBJ_obj2nid(CMS_get0_eContentType(cms)) != NID_pkcs7_data)
        return not_authentic("a signature of another form");
    return {};
}

/// The signer itself is the anchor: its chain and its days were checked when trust was read and
/// are the caller's to check again; CAdES wants a chain even so.
std::unique_ptr<X509_STORE, FreeWith<X509_STORE_free>> trusting(Certificate const& signer)
{
    std::unique_ptr<X509_STORE, FreeWith<X509_STORE_free>> store { X509_STORE_new() };
    MUST(store && X509_STORE_add_cert(store.get(), signer.handle()) == 1);
    X509_STORE_set_flags(store.get(), X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_NO_CHECK_TIME);
    X509_STORE_set_purpose(store.get(), X509_PURPOSE_ANY);
    return store;
}

Result<void> verify(ByteView der, Cms const& cms, ByteView const* detached,
    Certificate const& signer, Bytes* enclosed)
{
    TRY(usual_head(cms.get(), der));
    TRY(only_signer(cms.get(), der, signer));
    CertificateStack const known { sk_X509_new_null() };
    sk_X509_push(known.get(), signer.handle());
    auto const in = detached ? reading(*detached) : Bio {};
    Bio const out { BIO_new(enclosed ? BIO_s_mem() : BIO_s_null()) };
    auto const anchor = trusting(signer);
    auto const flags = static_cast<unsigned>(CMS_BINARY | CMS_NOINTERN | CMS_CADES | CMS_NOCRL);
    if (CMS_verify(cms.get(), known.get(), anchor.get(), in.get(), out.get(), flags) != 1)
        return not_authentic("the signature does not hold");
    if (enclosed) *enclosed = written(out);
    return {};
}

} // namespace

Bytes sign(ByteView content, Content form, Identity const& signer, Instant at)
{
    auto const base = CMS_BINARY | CMS_PARTIAL | CMS_CADES | CMS_NOSMIMECAP;
    auto const flags = static_cast<unsigned>(base | (form == Content::detached ? CMS_DETACHED : 0));
    Cms const cms { CMS_sign(nullptr, nullptr, nullptr, nullptr, flags) };
    auto* info = CMS_add1_signer(
        cms.get(), signer.certificate.handle(), signer.key.handle(), EVP_sha256(), flags);
    MUST(info != nullptr);
    set_signing_time(info, at);
    auto const bio = reading(content);
    MUST(CMS_final(cms.get(), bio.get(), nullptr, flags) == 1);
    return der_of(cms.get());
}

Result<void> verify_detached(ByteView signature, ByteView content, Certificate const& signer)
{
    auto const cms = TRY(parse(signature, NID_pkcs7_signed));
    if (CMS_is_detached(cms.get()) != 1) return not_authentic("the signature carries content");
    return verify(signature, cms, &content, signer, nullptr);
}

Result<Bytes> verify_enclosed(ByteView signature, Certificate const& signer)
{
    auto const cms = TRY(parse(signature, NID_pkcs7_signed));
    if (CMS_is_detached(cms.get()) != 0) return not_authentic("the signature carries no content");
    Bytes content;
    TRY(verify(signature, cms, nullptr, signer, &content));
    return content;
}

Result<std::string> enclosed_content(ByteView signature)
{
    auto const cms = TRY(parse(signature, NID_pkcs7_signed));
    auto** content = CMS_get0_content(cms.get());
    if (!content || !*content) return not_authentic("the signature carries no content");
    auto const* data = ASN1_STRING_get0_data(*content);
    return std::string { as_text(
        { data, static_cast<std::size_t>(ASN1_STRING_length(*content)) }) };
}

Result<Certificate> claimed_signer(ByteView signature)
{
    auto const cms = TRY(parse(signature, NID_pkcs7_signed));
    struct FreeAll {
        void operator()(STACK_OF(X509) * all) const { sk_X509_pop_free(all, X509_free); }
    };
    std::unique_ptr<STACK_OF(X509), FreeAll> const brought { CMS_get1_certs(cms.get()) };
    if (!brought || sk_X509_num(brought.get()) != 1)
        return not_authentic("the signature brings no certificate");
    auto* certificate = sk_X509_value(brought.get(), 0);
    Bytes der(static_cast<std::size_t>(i2d_X509(certificate, nullptr)));
    auto* out = der.data();
    i2d_X509(certificate, &out);
    return Certificate::read_der(der);
}

Result<Instant> signing_time(ByteView signature)
{
    auto const cms = TRY(parse(signature, NID_pkcs7_signed));
    auto* signers = CMS_get0_SignerInfos(cms.get());
    if (sk_CMS_SignerInfo_num(signers) != 1) return not_authentic("not exactly one signer");
    auto* signer = sk_CMS_SignerInfo_value(signers, 0);
    auto* type = OBJ_nid2obj(NID_pkcs9_signingTime);
    // -3: there must be exactly one, with one value.
    auto* time
        = static_cast<ASN1_TIME*>(CMS_signed_get0_data_by_OBJ(signer, type, -3, V_ASN1_UTCTIME));
    if (!time)
        time = static_cast<ASN1_TIME*>(
            CMS_signed_get0_data_by_OBJ(signer, type, -3, V_ASN1_GENERALIZEDTIME));
    if (!time || ASN1_TIME_check(time) != 1) return not_authentic("no signing time");
    return to_instant(time);
}

Bytes seal(ByteView plain, std::span<Certificate const> recipients)
{
    auto const flags = static_cast<unsigned>(CMS_BINARY | CMS_PARTIAL);
    Cms const cms { CMS_encrypt(nullptr, nullptr, EVP_aes_256_gcm(), flags) };
    MUST(cms != nullptr);
    for (auto const& recipient : recipients) {
        auto* info = CMS_add1_recipient_cert(
            cms.get(), recipient.handle(), static_cast<unsigned>(CMS_KEY_PARAM));
        MUST(info != nullptr);
        auto* context = CMS_RecipientInfo_get0_pkey_ctx(info);
        MUST(context && EVP_PKEY_CTX_set_ecdh_kdf_md(context, EVP_sha256()) > 0);
    }
    auto const bio = reading(plain);
    MUST(CMS_final(cms.get(), bio.get(), nullptr, flags) == 1);
    return der_of(cms.get());
}

Result<Bytes> open(ByteView sealed, Identity const& recipient)
{
    auto const cms = TRY(parse(sealed, NID_id_smime_ct_authEnvelopedData));
    Bio const out { BIO_new(BIO_s_mem()) };
    if (CMS_decrypt(cms.get(), recipient.key.handle(), recipient.certificate.handle(), nullptr,
            out.get(), CMS_BINARY)
        != 1)
        return not_authentic("the part does not open: altered, or sealed to somebody else");
    return written(out);
}

Result<bool> sealed_to(ByteView sealed, Certificate const& recipient)
{
    auto const cms = TRY(parse(sealed, NID_id_smime_ct_authEnvelopedData));
    auto* infos = CMS_get0_RecipientInfos(cms.get());
    for (int i = 0; i < sk_CMS_RecipientInfo_num(infos); ++i) {
        auto* info = sk_CMS_RecipientInfo_value(infos, i);
        if (CMS_RecipientInfo_type(info) != CMS_RECIPINFO_AGREE) continue;
        auto* keys = CMS_RecipientInfo_kari_get0_reks(info);
        for (int n = 0; n < sk_CMS_RecipientEncryptedKey_num(keys); ++n)
            if (CMS_RecipientEncryptedKey_cert_cmp(
                    sk_CMS_RecipientEncryptedKey_value(keys, n), recipient.handle())
                == 0)
                return true;
    }
    return false;
}

} // namespace comity::crypto
