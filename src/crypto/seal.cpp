#include "crypto/cms.h"
#include "crypto/der.h"
#include "crypto/openssl.h"

#include <openssl/core_names.h>
#include <openssl/rand.h>

#include <algorithm>
#include <limits>

/// AuthEnvelopedData (RFC 5083, 5084, 5753) as this system writes it and as it takes it.
namespace comity::crypto {
namespace {

using der::Reader;
using der::wrap;

constexpr std::size_t key_bytes = 32, nonce_bytes = 12, tag_bytes = 16, wrapped_bytes = 40;

constexpr std::uint8_t enveloped_type[]
    = { 0x06, 0x0b, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x01, 0x17 };
constexpr std::uint8_t data_type[]
    = { 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01 };
constexpr std::uint8_t aes_256_gcm[]
    = { 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2e };
constexpr std::uint8_t tag_length[] = { 0x02, 0x01, tag_bytes };
constexpr std::uint8_t ec_public_key[]
    = { 0x30, 0x09, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01 };
constexpr std::uint8_t aes_256_wrap[]
    = { 0x30, 0x0b, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2d };
/// dhSinglePass-stdDH-sha256kdf-scheme over aes_256_wrap.
constexpr std::uint8_t agreement[] = { 0x30, 0x15, 0x06, 0x06, 0x2b, 0x81, 0x04, 0x01, 0x0b, 0x01,
    0x30, 0x0b, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2d };
constexpr std::uint8_t version_0[] = { 0x02, 0x01, 0x00 };
constexpr std::uint8_t version_3[] = { 0x02, 0x01, 0x03 };

using KeyContext = std::unique_ptr<EVP_PKEY_CTX, FreeWith<EVP_PKEY_CTX_free>>;
using OwnedKey = std::unique_ptr<EVP_PKEY, FreeWith<EVP_PKEY_free>>;
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, FreeWith<EVP_CIPHER_CTX_free>>;

/// Wiped when it goes.
struct Secret {
    std::array<std::uint8_t, key_bytes> bytes {};
    Secret() = default;
    Secret(Secret const&) = delete;
    Secret& operator=(Secret const&) = delete;
    ~Secret() { OPENSSL_cleanse(bytes.data(), bytes.size()); }
};

Error not_opened()
{
    return openssl_error(
        Error::Kind::not_authentic, "the part does not open: altered, or sealed to somebody else");
}

Bytes name_of(Certificate const& certificate)
{
    auto const der_of = [](auto const* value, auto const& write) {
        Bytes out(static_cast<std::size_t>(write(value, nullptr)));
        auto* to = out.data();
        write(value, &to);
        return out;
    };
    auto const* handle = certificate.handle();
    return wrap(der::sequence,
        { der_of(X509_get_issuer_name(handle), i2d_X509_NAME),
            der_of(X509_get0_serialNumber(handle), i2d_ASN1_INTEGER) });
}

/// ECDH, then the KDF of X9.63 (RFC 5753 section 7.2): a key of 32 bytes is one SHA-256 of the
/// secret, the counter 1 and what the key is for.
bool agree(EVP_PKEY* own, EVP_PKEY* peer, Secret& out)
{
    constexpr std::uint8_t counter[] = { 0, 0, 0, 1 };
    constexpr std::uint8_t bits[] = { 0, 0, 1, 0 };
    static auto const purpose = wrap(der::sequence,
        { aes_256_wrap, wrap(der::constructed(2), { wrap(der::octets, { bits }) }) });
    KeyContext const context { EVP_PKEY_CTX_new(own, nullptr) };
    Secret shared;
    auto size = shared.bytes.size();
    // Unvalidated, since a point of P-256 that could be decoded lies on the curve, whose cofactor
    // is 1; the full validation would multiply it by the order.
    if (!context || EVP_PKEY_derive_init(context.get()) != 1
        || EVP_PKEY_derive_set_peer_ex(context.get(), peer, 0) != 1
        || EVP_PKEY_derive(context.get(), shared.bytes.data(), &size) != 1 || size != key_bytes)
        return false;
    auto digest = sha256({ shared.bytes, counter, purpose });
    out.bytes = digest;
    OPENSSL_cleanse(digest.data(), digest.size());
    return true;
}

CipherContext wrapping(bool encrypting, Secret const& key)
{
    static EVP_CIPHER* const algorithm = EVP_CIPHER_fetch(nullptr, "AES-256-WRAP", nullptr);
    CipherContext context { EVP_CIPHER_CTX_new() };
    MUST(context);
    EVP_CIPHER_CTX_set_flags(context.get(), EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
    MUST(EVP_CipherInit_ex(
             context.get(), algorithm, nullptr, key.bytes.data(), nullptr, encrypting ? 1 : 0)
        == 1);
    return context;
}

CipherContext gcm(bool encrypting, Secret const& key, ByteView nonce)
{
    static EVP_CIPHER* const algorithm = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
    CipherContext context { EVP_CIPHER_CTX_new() };
    MUST(context
        && EVP_CipherInit_ex(context.get(), algorithm, nullptr, key.bytes.data(), nonce.data(),
               encrypting ? 1 : 0)
            == 1);
    return context;
}

/// The same in both directions; the sizes are equal.
bool run(EVP_CIPHER_CTX* context, ByteView in, std::uint8_t* out)
{
    MUST(in.size() <= std::numeric_limits<int>::max());
    int size = 0;
    return in.empty()
        || (EVP_CipherUpdate(context, out, &size, in.data(), static_cast<int>(in.size())) == 1
            && static_cast<std::size_t>(size) == in.size());
}

/// One KeyAgreeRecipientInfo, with a key pair made for it alone.
Bytes recipient_info(
    Certificate const& recipient, EVP_PKEY_CTX* generator, Secret const& content_key)
{
    EVP_PKEY* made = nullptr;
    MUST(EVP_PKEY_generate(generator, &made) == 1);
    OwnedKey const ephemeral { made };
    unsigned char* encoded = nullptr;
    auto const size = EVP_PKEY_get1_encoded_public_key(made, &encoded);
    std::unique_ptr<unsigned char, FreeWith<[](void* p) { OPENSSL_free(p); }>> const point {
        encoded
    };
    MUST(size > 0);
    Secret key;
    MUST(agree(made, X509_get0_pubkey(recipient.handle()), key));
    std::array<std::uint8_t, wrapped_bytes> wrapped {};
    int written = 0;
    MUST(EVP_CipherUpdate(wrapping(true, key).get(), wrapped.data(), &written,
             content_key.bytes.data(), key_bytes)
            == 1
        && written == static_cast<int>(wrapped_bytes));
    constexpr std::uint8_t bit_string = 0x03;
    constexpr std::uint8_t no_unused_bits[] = { 0 };
    auto const originator = wrap(der::constructed(1),
        { ec_public_key, wrap(bit_string, { no_unused_bits, ByteView { encoded, size } }) });
    auto const encrypted
        = wrap(der::sequence, { name_of(recipient), wrap(der::octets, { wrapped }) });
    return wrap(der::constructed(1),
        { version_3, wrap(der::constructed(0), { originator }), agreement,
            wrap(der::sequence, { encrypted }) });
}

/// Foreign DER taken apart.
struct Recipient {
    ByteView point, name, wrapped;
};
struct Sealed {
    std::vector<Recipient> recipients;
    ByteView nonce, cipher_text, tag;
};

Result<Recipient> read_recipient(Reader info)
{
    Recipient out;
    TRY(info.skip(version_3));
    Reader originator { TRY(info.take(der::constructed(0))) };
    Reader key { TRY(originator.take(der::constructed(1))) };
    TRY(originator.end());
    TRY(key.skip(ec_public_key));
    constexpr std::uint8_t bit_string = 0x03;
    auto const bits = TRY(key.take(bit_string));
    TRY(key.end());
    if (bits.empty() || bits.front() != 0) return not_opened();
    out.point = bits.subspan(1);
    TRY(info.skip(agreement));
    Reader keys { TRY(info.take(der::sequence)) };
    TRY(info.end());
    Reader one { TRY(keys.take(der::sequence)) };
    TRY(keys.end());
    out.name = TRY(one.take_whole(der::sequence));
    out.wrapped = TRY(one.take(der::octets));
    TRY(one.end());
    if (out.wrapped.size() != wrapped_bytes) return not_opened();
    return out;
}

Result<std::vector<Recipient>> read_recipients(Reader all)
{
    std::vector<Recipient> out;
    ByteView before;
    while (!all.done()) {
        auto const whole = TRY(all.take_whole(der::constructed(1)));
        if (std::ranges::lexicographical_compare(whole, before)) return not_opened();
        before = whole;
        out.push_back(
            TRY(read_recipient(Reader { TRY(Reader { whole }.take(der::constructed(1))) })));
    }
    return out;
}

Result<Sealed> read_sealed(ByteView bytes)
{
    Reader whole { bytes };
    Reader info { TRY(whole.take(der::sequence)) };
    TRY(whole.end());
    TRY(info.skip(enveloped_type));
    Reader wrapped { TRY(info.take(der::constructed(0))) };
    TRY(info.end());
    Reader data { TRY(wrapped.take(der::sequence)) };
    TRY(wrapped.end());
    TRY(data.skip(version_0));
    Sealed out;
    out.recipients = TRY(read_recipients(Reader { TRY(data.take(der::set)) }));
    Reader content { TRY(data.take(der::sequence)) };
    TRY(content.skip(data_type));
    Reader algorithm { TRY(content.take(der::sequence)) };
    TRY(algorithm.skip(aes_256_gcm));
    Reader parameters { TRY(algorithm.take(der::sequence)) };
    TRY(algorithm.end());
    out.nonce = TRY(parameters.take(der::octets));
    TRY(parameters.skip(tag_length));
    TRY(parameters.end());
    out.cipher_text = TRY(content.take(der::primitive(0)));
    TRY(content.end());
    out.tag = TRY(data.take(der::octets));
    TRY(data.end());
    if (out.nonce.size() != nonce_bytes || out.tag.size() != tag_bytes) return not_opened();
    return out;
}

bool unwrap(Recipient const& from, Identity const& recipient, Secret& content_key)
{
    OwnedKey const peer { EVP_PKEY_new() };
    auto* own_public = X509_get0_pubkey(recipient.certificate.handle());
    Secret key;
    if (!own_public || EVP_PKEY_copy_parameters(peer.get(), own_public) != 1
        || EVP_PKEY_set1_encoded_public_key(peer.get(), from.point.data(), from.point.size()) != 1
        || !agree(recipient.key.handle(), peer.get(), key))
        return false;
    int written = 0;
    // The check value is compared while it writes, and what it writes is a block longer than the
    // key on the way.
    std::array<std::uint8_t, wrapped_bytes> out {};
    bool const held = EVP_CipherUpdate(wrapping(false, key).get(), out.data(), &written,
                          from.wrapped.data(), static_cast<int>(wrapped_bytes))
            == 1
        && written == static_cast<int>(key_bytes);
    std::copy_n(out.begin(), key_bytes, content_key.bytes.begin());
    OPENSSL_cleanse(out.data(), out.size());
    return held;
}

} // namespace

Bytes seal(ByteView plain, std::span<Certificate const> recipients)
{
    Secret content_key;
    std::array<std::uint8_t, nonce_bytes> nonce {};
    MUST(RAND_priv_bytes(content_key.bytes.data(), key_bytes) == 1);
    MUST(RAND_bytes(nonce.data(), nonce_bytes) == 1);
    KeyContext const generator { EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr) };
    MUST(generator && EVP_PKEY_keygen_init(generator.get()) == 1
        && EVP_PKEY_CTX_set_group_name(generator.get(), SN_X9_62_prime256v1) == 1);
    std::vector<Bytes> infos;
    for (auto const& each : recipients)
        infos.push_back(recipient_info(each, generator.get(), content_key));
    std::ranges::sort(infos); // As DER orders a set.
    Bytes all;
    for (auto const& each : infos) all.insert(all.end(), each.begin(), each.end());

    auto const context = gcm(true, content_key, nonce);
    Bytes cipher_text(plain.size());
    std::array<std::uint8_t, tag_bytes> tag {};
    int none = 0;
    MUST(run(context.get(), plain, cipher_text.data())
        && EVP_CipherFinal_ex(context.get(), tag.data(), &none) == 1
        && EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, tag_bytes, tag.data()) == 1);
    auto const parameters = wrap(der::sequence, { wrap(der::octets, { nonce }), tag_length });
    auto const content = wrap(der::sequence,
        { data_type, wrap(der::sequence, { aes_256_gcm, parameters }),
            wrap(der::primitive(0), { cipher_text }) });
    auto const data = wrap(
        der::sequence, { version_0, wrap(der::set, { all }), content, wrap(der::octets, { tag }) });
    return wrap(der::sequence, { enveloped_type, wrap(der::constructed(0), { data }) });
}

Result<Bytes> open(ByteView sealed, Identity const& recipient)
{
    auto const read = TRY(read_sealed(sealed));
    auto const own = name_of(recipient.certificate);
    auto const found = std::ranges::find_if(
        read.recipients, [&](Recipient const& each) { return std::ranges::equal(each.name, own); });
    Secret content_key;
    if (found == read.recipients.end() || !unwrap(*found, recipient, content_key))
        return not_opened();
    auto const context = gcm(false, content_key, read.nonce);
    Bytes plain(read.cipher_text.size());
    auto tag = Bytes { read.tag.begin(), read.tag.end() };
    int none = 0;
    std::uint8_t nothing = 0;
    if (!run(context.get(), read.cipher_text, plain.data())
        || EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, tag_bytes, tag.data()) != 1
        || EVP_CipherFinal_ex(context.get(), &nothing, &none) != 1)
        return not_opened();
    return plain;
}

Result<bool> sealed_to(ByteView sealed, Certificate const& recipient)
{
    auto const read = TRY(read_sealed(sealed));
    auto const name = name_of(recipient);
    return std::ranges::any_of(read.recipients,
        [&](Recipient const& each) { return std::ranges::equal(each.name, name); });
}

} // namespace comity::crypto
