#include "crypto/token.h"

#include "base/file.h"
#include "base/scratch.h"
#include "crypto/cms.h"
#include "crypto/ed25519.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <p11-kit/p11-kit.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#endif

#include <cstdlib>

namespace comity::crypto {
namespace {

char const* const module_file = "/usr/lib/softhsm/libsofthsm2.so";
Instant const now = parse_instant("2026-04-17T09:14:00Z").value();
char const* const key_uri = "pkcs11:token=comity;object=key;type=private";
char const* const log_uri = "pkcs11:token=register;object=log;type=private";

bool runs(std::string const& command)
{
    // NOLINTNEXTLINE(cert-env33-c,concurrency-mt-unsafe): SoftHSM's own tools make the token
    return std::system((command + " >/dev/null 2>&1").c_str()) == 0;
}

/// What others allocate meanwhile and never free is not looked at.
struct NotOurs {
#ifdef __SANITIZE_ADDRESS__
    __lsan::ScopedDisabler disabler;
#endif
    NotOurs() { } // NOLINT(modernize-use-equals-default): so that a variable of it is used
};

/// A SoftHSM in a folder of its own with two tokens: one holds a P-256 key, one an Ed25519 key, for
/// the engine finds no key in a token that holds one of a kind that it does not know.
struct Hsm {
    ScratchFolder folder;
    bool ready = false;

    Hsm()
    {
        auto const settings = folder / "softhsm2.conf";
        std::filesystem::create_directories(folder / "tokens");
        auto const text = fmt::format("directories.tokendir = {}\nobjectstore.backend = file\n"
                                      "log.level = ERROR\n",
            (folder / "tokens").string());
        if (!write_file(settings, as_view(text)).ok()) return;
        ::setenv("SOFTHSM2_CONF", settings.c_str(), 1); // NOLINT(concurrency-mt-unsafe): alone here
        ready = std::filesystem::exists(module_file)
            && runs("softhsm2-util --init-token --free --label comity --pin 1234 --so-pin 5678")
            && runs(fmt::format("pkcs11-tool --module {} --token-label comity --login --pin 1234 "
                                "--keypairgen --key-type EC:prime256v1 --usage-sign "
                                "--usage-derive --label key --id 01",
                module_file))
            && runs("softhsm2-util --init-token --free --label register --pin 1234 --so-pin 5678")
            && runs(fmt::format("pkcs11-tool --module {} --token-label register --login --pin 1234 "
                                "--keypairgen --key-type EC:edwards25519 --label log --id 02",
                module_file));
    }
    Token token(std::string pin = "1234") const
    {
        return Token { { module_file, [pin]() -> Result<std::string> { return pin; } } };
    }
};

/// One for all: a library that was started stays with the tokens that it found.
Hsm const& hsm()
{
    static Hsm const one;
    return one;
}

/// Leaks are looked for before OpenSSL takes the engine down, which makes new tables meanwhile.
struct LookForLeaks : testing::Environment {
    void TearDown() override
    {
#ifdef __SANITIZE_ADDRESS__
        __lsan_do_leak_check();
#endif
    }
};
auto const* const look_for_leaks
    = testing::AddGlobalTestEnvironment(std::make_unique<LookForLeaks>().release());

/// As a token does that is taken out.
void end_all_sessions()
{
    auto* const module = p11_kit_module_load(module_file, P11_KIT_MODULE_UNMANAGED);
    ASSERT_NE(module, nullptr);
    std::array<CK_SLOT_ID, 16> slots {};
    auto count = static_cast<CK_ULONG>(slots.size());
    ASSERT_EQ(module->C_GetSlotList(CK_TRUE, slots.data(), &count), CKR_OK);
    for (auto const slot : std::span { slots }.first(count)) module->C_CloseAllSessions(slot);
}

/// SoftHSM 2.6 forgets some bytes at each Edwards signature.
Result<Ed25519Signature> sign_in_token(ByteView message, Key const& key)
{
    NotOurs const theirs;
    return sign_ed25519(message, key);
}

Certificate certificate_of(Key const& key, Usage usage)
{
    auto const from = now - std::chrono::days { 1 };
    return issue({ usage, "NCU Sofia TEST", "BG", {}, from, from + std::chrono::days { 90 } }, key,
        nullptr, key, system_random());
}

} // namespace

TEST(Token, a_key_in_it_signs_opens_and_asks_for_its_certificate)
{
    if (!hsm().ready) GTEST_SKIP() << "SoftHSM, OpenSC or the engine is not on this machine";
    auto token = hsm().token();
    auto const read = token.key(key_uri);
    ASSERT_TRUE(read.ok()) << read.error().what;
    auto const& key = read.value();
    auto const request = read_request(request_certificate({ "NCU Sofia TEST", "BG", key })).value();
    EXPECT_EQ(request.country, "BG");
    Identity const seal { certificate_of(key, Usage::seal), key };
    EXPECT_TRUE(seal.certificate.belongs_to(key));
    auto const content = to_bytes("a manifest TEST");
    auto const signature = sign(content, Content::detached, seal, now);
    EXPECT_TRUE(verify_detached(signature, content, seal.certificate).ok());
    Identity const sealing { certificate_of(key, Usage::sealing), key };
    auto const sealed = crypto::seal(content, { &sealing.certificate, 1 });
    auto const opened = open(sealed, sealing);
    ASSERT_TRUE(opened.ok()) << opened.error().what;
    EXPECT_EQ(opened.value(), content);
}

TEST(Token, an_Ed25519_key_in_it_signs_as_one_in_a_file_would)
{
    if (!hsm().ready) GTEST_SKIP() << "SoftHSM, OpenSC or the engine is not on this machine";
    auto token = hsm().token();
    auto const read = token.ed25519_key(log_uri);
    ASSERT_TRUE(read.ok()) << read.error().what;
    auto const key = read.value();
    auto const message = to_bytes("a checkpoint TEST");
    auto const signature = sign_in_token(message, key);
    ASSERT_TRUE(signature.ok()) << signature.error().what;
    EXPECT_TRUE(verify_ed25519(message, signature.value(), public_key_of(key)));
    EXPECT_FALSE(verify_ed25519(to_bytes("another"), signature.value(), public_key_of(key)));
    EXPECT_EQ(sign_in_token(message, read.value()).value(), signature.value());
    // The engine and the module itself stand beside each other on one library.
    EXPECT_TRUE(token.key(key_uri).ok());
    EXPECT_TRUE(sign_in_token(message, key).ok());
}

TEST(Token, a_register_key_whose_token_was_taken_out_and_put_back_in_signs_again)
{
    if (!hsm().ready) GTEST_SKIP() << "SoftHSM, OpenSC or the engine is not on this machine";
    auto token = hsm().token();
    auto const key = token.ed25519_key(log_uri).value();
    ASSERT_TRUE(sign_in_token(to_bytes("before TEST"), key).ok());
    end_all_sessions();
    auto const after = sign_in_token(to_bytes("after TEST"), key);
    ASSERT_TRUE(after.ok()) << after.error().what;
    EXPECT_TRUE(verify_ed25519(to_bytes("after TEST"), after.value(), public_key_of(key)));
}

TEST(Token, a_key_of_another_kind_and_one_that_is_not_there_sign_no_register)
{
    if (!hsm().ready) GTEST_SKIP() << "SoftHSM, OpenSC or the engine is not on this machine";
    auto token = hsm().token();
    EXPECT_EQ(token.ed25519_key(key_uri).error().kind, Error::Kind::malformed);
    auto const none = token.ed25519_key("pkcs11:token=register;object=none").error();
    EXPECT_EQ(none.kind, Error::Kind::not_found);
    EXPECT_NE(none.what.find("object=none"), std::string::npos);
    auto const elsewhere = token.ed25519_key("pkcs11:token=another;object=log").error();
    EXPECT_EQ(elsewhere.kind, Error::Kind::not_found);
}

TEST(Token, a_wrong_PIN_opens_no_register_key)
{
    if (!hsm().ready) GTEST_SKIP() << "SoftHSM, OpenSC or the engine is not on this machine";
    EXPECT_EQ(hsm().token("4321").ed25519_key(log_uri).error().kind, Error::Kind::unavailable);
}

TEST(Token, every_refusal_says_what_is_wrong)
{
    if (!hsm().ready) GTEST_SKIP() << "SoftHSM, OpenSC or the engine is not on this machine";
    auto token = hsm().token();
    EXPECT_EQ(token.key("pkcs11:token=comity;object=none").error().kind, Error::Kind::not_found);
    Token without { { "/nowhere.so", []() -> Result<std::string> { return std::string {}; } } };
    auto const missing = without.key(key_uri).error();
    EXPECT_EQ(missing.kind, Error::Kind::unavailable);
    EXPECT_EQ(missing.field, "token.module");
    Token locked { { module_file,
        []() -> Result<std::string> { return Error { Error::Kind::not_found, "no PIN", {} }; } } };
    EXPECT_EQ(locked.key(key_uri).error().what, "no PIN");
}

TEST(Token, the_name_of_a_key_is_a_URI_without_a_PIN)
{
    EXPECT_TRUE(check_token_uri("pkcs11:token=comity;object=seal").ok());
    for (auto const* wrong :
        { "keys/seal.key", "pkcs11:token=comity", "pkcs11:token=comity;object=seal?pin-value=1234",
            "pkcs11:token=comity;object=seal?pin-source=file:/pin" })
        EXPECT_EQ(check_token_uri(wrong).error().kind, Error::Kind::malformed) << wrong;
}

} // namespace comity::crypto
