#include "crypto/token_signer.h"

#include "crypto/ed25519.h"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <p11-kit/p11-kit.h>
#include <p11-kit/uri.h>

#include <mutex>
#include <optional>

namespace comity::crypto {
namespace {

// PKCS#11 3.0; the header of Debian 12 ends with 2.40.
constexpr CK_KEY_TYPE key_type_edwards = 0x40;
constexpr CK_MECHANISM_TYPE mechanism_eddsa = 0x1057;
constexpr std::size_t tokens_max = 64;

Error unavailable(std::string_view what, CK_RV code)
{
    return Error { Error::Kind::unavailable,
        fmt::format("the token: {} ({:#x}: {})", what, code, p11_kit_strerror(code)), "token" };
}

/// A module from its start until its last key is gone. p11-kit counts who uses it.
class Module {
public:
    explicit Module(CK_FUNCTION_LIST* functions)
        : functions_(functions)
    {
    }
    static Result<std::shared_ptr<Module>> start(std::filesystem::path const& file)
    {
        auto out = std::make_shared<Module>(p11_kit_module_load(file.c_str(), 0));
        if (!out->functions_)
            return Error { Error::Kind::unavailable,
                fmt::format("{} is no PKCS#11 module", file.string()), "token.module" };
        auto const code = p11_kit_module_initialize(out->functions_);
        out->started_ = code == CKR_OK;
        // OpenSSL's engine may have started the same library.
        if (code == CKR_OK || code == CKR_CRYPTOKI_ALREADY_INITIALIZED) return out;
        return unavailable("the module does not start", code);
    }
    ~Module()
    {
        if (started_) p11_kit_module_finalize(functions_);
        if (functions_) p11_kit_module_release(functions_);
    }
    Module(Module const&) = delete;
    Module& operator=(Module const&) = delete;

    CK_FUNCTION_LIST const* operator->() const { return functions_; }

private:
    CK_FUNCTION_LIST* functions_;
    bool started_ = false;
};

struct FreeUri {
    void operator()(P11KitUri* uri) const { p11_kit_uri_free(uri); }
};
using Uri = std::unique_ptr<P11KitUri, FreeUri>;

Result<Uri> parse(std::string const& text)
{
    Uri out { p11_kit_uri_new() };
    MUST(out);
    auto const code = p11_kit_uri_parse(text.c_str(), P11_KIT_URI_FOR_OBJECT_ON_TOKEN, out.get());
    if (code == P11_KIT_URI_OK) return out;
    return Error { Error::Kind::malformed, fmt::format("{}: {}", text, p11_kit_uri_message(code)),
        "keys" };
}

/// One session with its login and the key found in it.
class Session {
public:
    explicit Session(std::shared_ptr<Module> module)
        : module_(std::move(module))
    {
    }
    static Result<std::unique_ptr<Session>> open(
        std::shared_ptr<Module> module, std::string const& uri, std::string const& pin)
    {
        auto const parsed = TRY(parse(uri));
        auto out = std::make_unique<Session>(std::move(module));
        TRY(out->enter(TRY(out->slot_of(*parsed, uri)), pin));
        out->private_ = TRY(out->find(*parsed, CKO_PRIVATE_KEY, uri));
        out->public_key_ = TRY(out->read_public(TRY(out->find(*parsed, CKO_PUBLIC_KEY, uri)), uri));
        return out;
    }
    ~Session()
    {
        if (session_ != CK_INVALID_HANDLE) (*module_)->C_CloseSession(session_);
    }
    Session(Session const&) = delete;
    Session& operator=(Session const&) = delete;

    Ed25519PublicKey const& public_key() const { return public_key_; }

    Result<Bytes> sign(ByteView message)
    {
        CK_MECHANISM mechanism { mechanism_eddsa, nullptr, 0 };
        if (auto const code = (*module_)->C_SignInit(session_, &mechanism, private_);
            code != CKR_OK)
            return unavailable("it does not sign", code);
        Bytes text { message.begin(), message.end() }; // the interface knows no const
        Bytes out(sizeof(Ed25519Signature));
        auto size = static_cast<CK_ULONG>(out.size());
        auto const code = (*module_)->C_Sign(session_, text.data(), text.size(), out.data(), &size);
        if (code != CKR_OK || size != out.size()) return unavailable("it does not sign", code);
        return out;
    }

private:
    Result<CK_SLOT_ID> slot_of(P11KitUri& uri, std::string const& text) const
    {
        std::array<CK_SLOT_ID, tokens_max> slots {};
        auto count = static_cast<CK_ULONG>(slots.size());
        if (auto const code = (*module_)->C_GetSlotList(CK_TRUE, slots.data(), &count);
            code != CKR_OK)
            return unavailable("the module lists no tokens", code);
        for (auto const slot : std::span { slots }.first(count)) {
            CK_TOKEN_INFO info {};
            if ((*module_)->C_GetTokenInfo(slot, &info) == CKR_OK
                && p11_kit_uri_match_token_info(&uri, &info))
                return slot;
        }
        return Error { Error::Kind::not_found, fmt::format("there is no token of {}", text),
            "keys" };
    }

    Result<void> enter(CK_SLOT_ID slot, std::string pin)
    {
        auto code
            = (*module_)->C_OpenSession(slot, CKF_SERIAL_SESSION, nullptr, nullptr, &session_);
        if (code != CKR_OK) return unavailable("it opens no session", code);
        auto* const letters = reinterpret_cast<CK_UTF8CHAR*>(pin.data());
        code = (*module_)->C_Login(session_, CKU_USER, letters, pin.size());
        // A login is one for all sessions of a process.
        if (code == CKR_OK || code == CKR_USER_ALREADY_LOGGED_IN) return {};
        return unavailable("it refuses the PIN", code);
    }

    Result<CK_OBJECT_HANDLE> find(P11KitUri& uri, CK_OBJECT_CLASS kind, std::string const& text)
    {
        std::vector<CK_ATTRIBUTE> wanted { { CKA_CLASS, &kind, sizeof kind } };
        for (auto const attribute : { CKA_LABEL, CKA_ID })
            if (auto const* given = p11_kit_uri_get_attribute(&uri, attribute))
                wanted.push_back(*given);
        auto code = (*module_)->C_FindObjectsInit(session_, wanted.data(), wanted.size());
        if (code != CKR_OK) return unavailable("it does not look for keys", code);
        CK_OBJECT_HANDLE found = CK_INVALID_HANDLE;
        CK_ULONG count = 0;
        code = (*module_)->C_FindObjects(session_, &found, 1, &count);
        (*module_)->C_FindObjectsFinal(session_);
        if (code == CKR_OK && count == 1) return found;
        return Error { Error::Kind::not_found,
            fmt::format("the token gives no {} key {}",
                kind == CKO_PRIVATE_KEY ? "private" : "public", text),
            "keys" };
    }

    /// CKA_EC_POINT: the 32 bytes, in an OCTET STRING of DER or, from older modules, bare.
    Result<Ed25519PublicKey> read_public(CK_OBJECT_HANDLE object, std::string const& uri)
    {
        CK_KEY_TYPE type = 0;
        Bytes point(256);
        std::array wanted { CK_ATTRIBUTE { CKA_KEY_TYPE, &type, sizeof type },
            CK_ATTRIBUTE { CKA_EC_POINT, point.data(), point.size() } };
        auto const code
            = (*module_)->C_GetAttributeValue(session_, object, wanted.data(), wanted.size());
        Ed25519PublicKey out {};
        bool const fits = code == CKR_OK && type == key_type_edwards
            && (wanted[1].ulValueLen == out.size()
                || (wanted[1].ulValueLen == out.size() + 2 && point[0] == 4 && point[1] == 32));
        if (!fits)
            return Error { Error::Kind::malformed, fmt::format("{} is not Ed25519", uri), "keys" };
        auto const start = point.begin() + static_cast<std::ptrdiff_t>(wanted[1].ulValueLen - 32);
        std::copy_n(start, out.size(), out.begin());
        return out;
    }

    std::shared_ptr<Module> module_;
    CK_SESSION_HANDLE session_ = CK_INVALID_HANDLE;
    CK_OBJECT_HANDLE private_ = CK_INVALID_HANDLE;
    Ed25519PublicKey public_key_ {};
};

/// Shared by all copies of a key: a session does one thing at a time.
struct Signer {
    std::shared_ptr<Module> module;
    std::string uri, pin;
    std::mutex mutex;
    std::unique_ptr<Session> session;

    Result<Bytes> sign(ByteView message)
    {
        std::scoped_lock const hold { mutex };
        if (session) {
            auto signature = session->sign(message);
            if (signature.ok()) return signature;
        }
        session.reset();
        session = TRY(Session::open(module, uri, pin));
        return session->sign(message);
    }
};

} // namespace

Result<Key> ed25519_in_token(
    std::filesystem::path const& module, std::string const& uri, std::string const& pin)
{
    auto const signer = std::make_shared<Signer>();
    signer->module = TRY(Module::start(module));
    signer->uri = uri;
    signer->pin = pin;
    signer->session = TRY(Session::open(signer->module, uri, pin));
    auto const& key = signer->session->public_key();
    auto* const half
        = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.data(), key.size());
    MUST(half != nullptr);
    return Key { half, [signer](ByteView message) { return signer->sign(message); } };
}

} // namespace comity::crypto
