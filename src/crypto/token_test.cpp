#include "crypto/token.h"

#include "base/file.h"
#include "base/scratch.h"
#include "crypto/cms.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>

namespace comity::crypto {
namespace {

char const* const module_file = "/usr/lib/softhsm/libsofthsm2.so";
Instant const now = parse_instant("2026-04-17T09:14:00Z").value();
char const* const key_uri = "pkcs11:token=comity;object=key;type=private";

bool runs(std::string const& command)
{
    // NOLINTNEXTLINE(cert-env33-c,concurrency-mt-unsafe): SoftHSM's own tools make the token
    return std::system((command + " >/dev/null 2>&1").c_str()) == 0;
}

/// A SoftHSM in a folder of its own with one P-256 key in it.
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
                module_file));
    }
    Token token(std::string pin = "1234") const
    {
        return Token { { module_file, [pin]() -> Result<std::string> { return pin; } } };
    }
};

Certificate certificate_of(Key const& key, Usage usage)
{
    auto const from = now - std::chrono::days { 1 };
    return issue({ usage, "NCU Sofia TEST", "BG", {}, from, from + std::chrono::days { 90 } }, key,
        nullptr, key, system_random());
}

} // namespace

TEST(Token, a_key_in_it_signs_opens_and_asks_for_its_certificate)
{
    Hsm const hsm;
    if (!hsm.ready) GTEST_SKIP() << "SoftHSM, OpenSC or the engine is not on this machine";
    auto token = hsm.token();
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

TEST(Token, every_refusal_says_what_is_wrong)
{
    Hsm const hsm;
    if (!hsm.ready) GTEST_SKIP() << "SoftHSM, OpenSC or the engine is not on this machine";
    auto token = hsm.token();
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
