#include "protection/trial_vault_test.h"

/// Art. 31(4)(c): what is right takes the place of what was wrong; consents end.
namespace comity::protection {

using namespace trial;
using store::Transaction;

namespace {

struct Kept : Node {
    Kept()
    {
        MUST(store
                ->write([&](Transaction& t) {
                    return vault->put(t, item_of("message-1", day("2027-01-01")), actor);
                })
                .ok());
    }
    Result<void> replace(std::string_view by, std::string earlier)
    {
        return store->write([&](Transaction& t) {
            return vault->replace(
                t, "message-1", { to_bytes(by), "heading", {}, std::move(earlier) }, actor);
        });
    }
    std::string says(std::string_view id)
    {
        auto const read
            = store->write([&](Transaction& t) { return vault->read(t, id, officer_of()); });
        if (!read.ok()) return "not there";
        return std::string { as_text(read.value().content.value_or(Bytes {})) };
    }
};

} // namespace

TEST(VaultReplace, keeps_what_was_said_before_under_an_id_of_its_own)
{
    Kept node;
    ASSERT_TRUE(node.replace("Right TEST", "message-1/before/1").ok());
    EXPECT_EQ(node.says("message-1"), "Right TEST");
    EXPECT_EQ(node.says("message-1/before/1"), "Persoana TEST");
    EXPECT_EQ(node.replace("Again", "message-1/before/1").error().kind, Error::Kind::conflict);
    ASSERT_TRUE(node.replace("Again TEST", "message-1/before/2").ok());
    EXPECT_EQ(node.says("message-1/before/2"), "Right TEST");
    node.close();
    node.open();
    EXPECT_EQ(node.says("message-1"), "Again TEST");
}

TEST(VaultReplace, destroys_what_was_said_before_with_the_item)
{
    Kept node;
    ASSERT_TRUE(node.replace("Right TEST", "message-1/before/1").ok());
    ASSERT_TRUE(node.store
            ->write([&](Transaction& t) {
                return node.vault->destroy(
                    t, "message-1", message::DestructionGround::wrong, actor);
            })
            .ok());
    EXPECT_EQ(node.says("message-1"), "not there");
    EXPECT_EQ(node.says("message-1/before/1"), "not there");
}

TEST(VaultReplace, is_refused_for_what_is_gone_past_its_day_or_too_large)
{
    Kept node;
    auto const kind = [&](std::string_view id, std::size_t bytes) {
        return node.store
            ->write([&](Transaction& t) {
                return node.vault->replace(t, id, { Bytes(bytes), {}, {}, "earlier" }, actor);
            })
            .error()
            .kind;
    };
    EXPECT_EQ(kind("no-such", 1), Error::Kind::not_found);
    EXPECT_EQ(kind("message-1", content_bytes_max + 1), Error::Kind::too_large);
    node.now = Instant { day("2027-01-01") };
    EXPECT_EQ(kind("message-1", 1), Error::Kind::conflict);
}

TEST(VaultConsent, that_is_taken_back_is_gone_from_the_label)
{
    Kept node;
    Consent const consent { message::ConsentSubject::other_purpose, "RO-C-1", "RO", "prevention",
        {}, {}, std::vector<std::string> { "Not in court TEST" } };
    auto const in = [&](auto what) { return node.store->write(what).value(); };
    ASSERT_TRUE(node.store
            ->write([&](Transaction& t) {
                return node.vault->add_consent(t, "message-1", consent, actor);
            })
            .ok());
    auto const consents = [&] {
        return in([&](Transaction& t) { return node.vault->label(t, "message-1"); }).consents;
    };
    ASSERT_EQ(consents().size(), 1U);
    EXPECT_EQ(consents().at(0).limits, consent.limits);
    auto const end = [&](std::string_view number) {
        return in(
            [&](Transaction& t) { return node.vault->end_consent(t, "message-1", number, actor); });
    };
    EXPECT_FALSE(end("RO-C-2")) << "another";
    EXPECT_TRUE(end("RO-C-1"));
    EXPECT_TRUE(consents().empty());
    EXPECT_FALSE(end("RO-C-1")) << "once";
}

} // namespace comity::protection
