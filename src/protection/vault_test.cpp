#include "protection/trial_vault_test.h"

#include <fmt/format.h>

namespace comity::protection {
namespace {

using namespace trial;
using std::chrono::days;
using store::Transaction;

Date const last_day = day("2027-04-17");

} // namespace

TEST(Vault, gives_back_what_was_put_to_an_officer_with_the_purpose_and_a_need_to_know)
{
    Node node;
    ASSERT_TRUE(node.put(item_of("a", last_day)).ok());
    auto const read = node.read("a").take();
    ASSERT_TRUE(read.content.has_value());
    EXPECT_EQ(as_text(*read.content), "Persoana TEST");
    EXPECT_EQ(read.label->owner, "RO");
    EXPECT_EQ(read.entry.operation, Operation::consult);
    EXPECT_EQ(read.entry.officer, "officer-test");
    EXPECT_EQ(read.entry.provisions, (std::vector<std::string> { "A32(1)", "A31(4)(a)-1" }));
}

TEST(Vault, keeps_what_it_was_given_over_a_restart)
{
    Node node;
    ASSERT_TRUE(node.put(item_of("a", last_day)).ok());
    node.open();
    EXPECT_TRUE(node.readable("a"));
}

TEST(Vault, refuses_another_purpose_with_its_citation_and_the_three_ways_and_notes_it)
{
    Node node;
    ASSERT_TRUE(node.put(item_of("a", last_day)).ok());
    auto const read = node.read("a", officer_of("taxation")).take();
    EXPECT_FALSE(read.content.has_value());
    EXPECT_FALSE(read.label.has_value());
    ASSERT_EQ(read.judgement.objections.size(), 1);
    EXPECT_EQ(read.judgement.objections[0].provision, "A31(4)(a)-2");
    EXPECT_EQ(read.judgement.ways,
        (std::vector { Way::same_purpose, Way::serious_threat, Way::consent_of_sender }));
    auto const log = node.store->read([](Transaction& t) { return operations_on(t, "a"); }).value();
    ASSERT_EQ(log.size(), 2);
    EXPECT_FALSE(log[0].permitted);
    EXPECT_EQ(log[0].purpose, "taxation");
    EXPECT_EQ(log[1].operation, Operation::store);
}

TEST(Vault, opens_for_another_purpose_once_the_owner_consented_and_until_its_last_day)
{
    Node node;
    ASSERT_TRUE(node.put(item_of("a", last_day)).ok());
    Consent const consent { message::ConsentSubject::other_purpose, "RO-TEST-1", "RO", "taxation",
        {}, day("2026-05-01") };
    auto const add = [&](Consent const& each) {
        return node.store->write(
            [&](Transaction& t) { return node.vault->add_consent(t, "a", each, actor); });
    };
    auto forged = consent;
    forged.from = "RS";
    EXPECT_EQ(add(forged).error().kind, Error::Kind::malformed) << "it is not the owner's";
    ASSERT_TRUE(add(consent).ok());
    for (auto const& [date, permitted] : { std::pair { day("2026-04-30"), true },
             std::pair { day("2026-05-01"), true }, std::pair { day("2026-05-02"), false } }) {
        node.go_to(date);
        auto const read = node.read("a", officer_of("taxation")).take();
        EXPECT_EQ(read.content.has_value(), permitted) << to_text(date);
        EXPECT_EQ(read.entry.consents.size(), permitted ? 1 : 0);
    }
}

TEST(Vault, is_closed_on_the_day_itself_and_destroys_on_it_and_not_the_day_before)
{
    Node node;
    ASSERT_TRUE(node.put(item_of("a", last_day)).ok());
    node.go_to(last_day - days { 1 });
    EXPECT_TRUE(node.readable("a"));
    EXPECT_TRUE(node.destroy_due().value().empty());
    node.go_to(last_day);
    auto const read = node.read("a").take();
    ASSERT_FALSE(read.judgement.permitted());
    EXPECT_EQ(read.judgement.objections[0].provision, "A31(4)(b)-1");
    EXPECT_EQ(node.destroy_due().value().size(), 1);
    EXPECT_EQ(node.read("a").error().kind, Error::Kind::not_found);
    EXPECT_TRUE(node.destroy_due().value().empty());
}

TEST(Vault, destroys_what_is_overdue_when_it_was_off_on_the_day)
{
    Node node;
    ASSERT_TRUE(node.put(item_of("a", last_day)).ok());
    node.go_to(last_day + days { 3 });
    EXPECT_EQ(node.destroy_due().value().size(), 1);
}

TEST(Vault, refuses_an_item_whose_day_has_come_and_a_second_one_of_the_same_id)
{
    Node node;
    EXPECT_EQ(node.put(item_of("a", day("2026-04-17"))).error().field, "label.deadlines");
    EXPECT_EQ(node.put(item_of("a", day("2026-04-16"))).error().kind, Error::Kind::malformed);
    ASSERT_TRUE(node.put(item_of("a", day("2026-04-18"))).ok());
    EXPECT_EQ(node.put(item_of("a", last_day)).error().kind, Error::Kind::conflict);
}

TEST(Vault, takes_ids_content_and_words_up_to_their_limits)
{
    Node node;
    auto item = item_of(std::string(item_id_bytes_max, 'a'), last_day);
    ASSERT_TRUE(node.put(item).ok());
    item.id += 'a';
    EXPECT_EQ(node.put(item).error().field, "id");
    EXPECT_EQ(node.put(item_of("", last_day)).error().field, "id");
    auto large = item_of("large", last_day);
    large.content.resize(content_bytes_max + 1);
    EXPECT_EQ(node.put(large).error().kind, Error::Kind::too_large);
    auto wordy = item_of("wordy", last_day);
    wordy.terms.resize(item_terms_max + 1, { TermKind::name, "test" });
    EXPECT_EQ(node.put(wordy).error().field, "terms");
    wordy.terms.resize(item_terms_max);
    EXPECT_TRUE(node.put(wordy).ok());
}

TEST(Vault, keeps_what_stays_in_a_drawer_that_something_left)
{
    Node node;
    for (auto const* id : { "a", "b", "c" }) ASSERT_TRUE(node.put(item_of(id, last_day)).ok());
    ASSERT_EQ(node.destroy("b").size(), 1);
    EXPECT_TRUE(node.destroy("b").empty()) << "it is gone already";
    EXPECT_TRUE(node.readable("a"));
    node.open();
    EXPECT_TRUE(node.readable("c"));
    EXPECT_EQ(node.read("b").error().kind, Error::Kind::not_found);
}

TEST(Vault, leaves_all_as_it_was_where_the_work_around_a_destruction_fails)
{
    Node node;
    ASSERT_TRUE(node.put(item_of("a", last_day)).ok());
    ASSERT_TRUE(node.put(item_of("b", last_day)).ok());
    auto const failed = node.store->write([&](Transaction& t) -> Result<void> {
        TRY(node.vault->destroy(t, "a", message::DestructionGround::wrong, actor));
        return Error { Error::Kind::unavailable, "something else failed" };
    });
    EXPECT_FALSE(failed.ok());
    EXPECT_TRUE(node.readable("a"));
    node.open();
    EXPECT_TRUE(node.readable("b"));
    ASSERT_EQ(node.destroy("a").size(), 1);
    node.open();
    EXPECT_TRUE(node.readable("b"));
    EXPECT_EQ(node.read("a").error().kind, Error::Kind::not_found);
}

TEST(Vault, moves_an_item_with_its_day_and_its_words)
{
    Node node;
    auto item = item_of("a", last_day);
    item.terms = { { TermKind::plate, "СА 1234 АВ" } };
    ASSERT_TRUE(node.put(item).ok());
    auto const set = [&](Date date) {
        return node.store->write([&](Transaction& t) {
            return node.vault->set_deadlines(t, "a", { last_day, {}, date }, actor);
        });
    };
    EXPECT_EQ(set(day("2026-04-17")).error().kind, Error::Kind::malformed);
    ASSERT_TRUE(set(day("2026-06-01")).ok());
    ASSERT_EQ(node.find({ TermKind::plate, "ca1234ab" }).size(), 1);
    EXPECT_EQ(node.find({ TermKind::plate, "ca1234ab" })[0].destroy_on, day("2026-06-01"));
    node.go_to(day("2026-06-01"));
    EXPECT_EQ(set(last_day).error().kind, Error::Kind::conflict) << "its day has come";
    EXPECT_EQ(node.destroy_due().value().size(), 1);
    EXPECT_TRUE(node.find({ TermKind::plate, "ca1234ab" }).empty());
}

TEST(Vault, holds_past_the_day_but_closed_and_to_the_end_of_the_hold_only)
{
    Node node;
    ASSERT_TRUE(node.put(item_of("a", day("2026-05-01"))).ok());
    auto const hold = [&](std::optional<Hold> const& each) {
        return node.store->write(
            [&](Transaction& t) { return node.vault->set_hold(t, "a", each, actor); });
    };
    EXPECT_EQ(hold(Hold { "", day("2026-05-20") }).error().field, "label.hold.ground");
    EXPECT_EQ(hold(Hold { "court", day("2026-04-17") }).error().field, "hold.until");
    ASSERT_TRUE(hold(Hold { "proceedings TEST", day("2026-05-10") }).ok());
    node.go_to(day("2026-05-09"));
    EXPECT_TRUE(node.destroy_due().value().empty());
    EXPECT_EQ(node.read("a").value().judgement.objections[0].provision, "A31(4)(b)-1");
    node.go_to(day("2026-05-10"));
    EXPECT_EQ(node.destroy_due().value().size(), 1);
}

TEST(Vault, destroys_what_hangs_on_an_item_and_names_what_lies_outside)
{
    Node node;
    for (auto const* id : { "a", "a/photo", "draft" })
        ASSERT_TRUE(node.put(item_of(id, last_day)).ok());
    ASSERT_TRUE(node.store
            ->write([&](Transaction& t) -> Result<void> {
                TRY(node.vault->add_copy(t, "a", { CopyKind::attachment, "a/photo" }));
                TRY(node.vault->add_copy(t, "a", { CopyKind::draft, "draft" }));
                TRY(node.vault->add_copy(t, "draft", { CopyKind::attachment, "a" }));
                return node.vault->add_copy(t, "a", { CopyKind::exported, "disc 7" });
            })
            .ok());
    auto const gone = node.destroy("a");
    ASSERT_EQ(gone.size(), 3);
    EXPECT_EQ(gone[0].copies.size(), 3);
    EXPECT_EQ(node.read("a/photo").error().kind, Error::Kind::not_found);
}

TEST(Vault, enters_a_destruction_in_the_register_with_the_entry_it_fulfils)
{
    Node node;
    message::RegisterEntry received {};
    received.act = message::Act::received;
    received.message = "a";
    auto item = item_of("a", last_day);
    item.entry = node.store
                     ->write([&](Transaction& t) {
                         return node.ledger->append(t, as_view(json::print(json::write(received))));
                     })
                     .value();
    ASSERT_TRUE(node.put(item).ok());
    auto const gone = node.destroy("a");
    ASSERT_TRUE(gone[0].entry.has_value());
    auto const leaf
        = node.store->read([&](Transaction& t) { return ledger::leaf(t, *gone[0].entry); }).value();
    auto const entry
        = json::read_text<message::RegisterEntry>(as_text(leaf), json::Unknown::refuse).value();
    EXPECT_EQ(entry.act, message::Act::destroyed);
    EXPECT_EQ(entry.entry, item.entry);
}

TEST(Vault, destroys_all_of_a_Party_on_its_last_day_and_certifies_it)
{
    Node node;
    for (auto const* id : { "a", "b" }) ASSERT_TRUE(node.put(item_of(id, last_day)).ok());
    ASSERT_TRUE(node.put(item_of("own", last_day, "BG")).ok());
    ASSERT_TRUE(node.store
            ->write([&](Transaction& t) {
                return node.vault->set_hold(t, "b", Hold { "court", day("2028-01-01") }, actor);
            })
            .ok());
    EXPECT_EQ(node.vault->end_party("BG", day("2026-04-17")).error().kind, Error::Kind::malformed);
    EXPECT_EQ(node.vault->end_party("RO", day("2026-04-18")).error().kind, Error::Kind::conflict);
    auto const paper = node.vault->end_party("RO", day("2026-04-17")).take();
    EXPECT_EQ(paper.items, 2);
    EXPECT_EQ(paper.holds_ended, 1);
    EXPECT_GE(paper.keys, 2);
    EXPECT_EQ(node.read("a").error().kind, Error::Kind::not_found);
    EXPECT_TRUE(node.readable("own"));
}

TEST(Vault, finds_a_person_in_every_period_and_its_tables_hold_no_clear_word)
{
    Node node;
    for (int i = 0; i < 6; ++i) {
        auto item = item_of(
            fmt::format("item {}", i), last_day + days { 40 * i }, i % 2 == 0 ? "RO" : "RS");
        item.terms = { { TermKind::name, "  Persoana \t TEST" },
            { TermKind::document, fmt::format("D{}", i) } };
        ASSERT_TRUE(node.put(item).ok());
    }
    EXPECT_EQ(node.find({ TermKind::name, "persoana test" }).size(), 6);
    EXPECT_EQ(node.find({ TermKind::document, "d3" }).size(), 1);
    EXPECT_TRUE(node.find({ TermKind::document, "persoana test" }).empty());
    auto const nobody = node.store->write([&](Transaction& t) {
        return node.vault->find(t, { TermKind::name, "persoana test" }, Use {});
    });
    EXPECT_EQ(nobody.error().kind, Error::Kind::not_permitted);
}

TEST(Vault, its_log_of_operations_cannot_be_changed_unseen)
{
    Node node;
    ASSERT_TRUE(node.put(item_of("a", last_day)).ok());
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(node.readable("a"));
    auto const verify = [&] {
        return node.store->read([&](Transaction& t) { return node.vault->verify_log(t); });
    };
    EXPECT_EQ(verify().value(), 4);
    auto const tamper = [&](std::string_view sql) {
        ASSERT_TRUE(node.store->write([&](Transaction& t) { return t.run(sql); }).ok());
    };
    tamper("DELETE FROM protection_operation WHERE sequence = 2");
    EXPECT_EQ(verify().error().kind, Error::Kind::conflict);
}

TEST(Vault, says_when_a_row_was_changed_behind_its_back)
{
    Node node;
    ASSERT_TRUE(node.put(item_of("a", last_day)).ok());
    ASSERT_TRUE(node.put(item_of("b", last_day)).ok());
    auto const read_after = [&](std::string_view sql) {
        ASSERT_TRUE(node.store->write([&](Transaction& t) { return t.run(sql); }).ok());
        EXPECT_EQ(node.read("a").error().kind, Error::Kind::conflict) << sql;
    };
    read_after("UPDATE protection_sealed SET destroy_on = '2099-01-01' WHERE id = 'a'");
    read_after("UPDATE protection_sealed SET destroy_on = '2027-04-17', content = "
               "(SELECT content FROM protection_sealed WHERE id = 'b') WHERE id = 'a'");
    read_after("UPDATE protection_key SET wrapped = (SELECT wrapped FROM protection_key k "
               "WHERE k.item = 2) WHERE item = 1");
}

TEST(Vault, shows_headings_to_who_may_see_the_item_and_notes_the_list_once)
{
    Node node;
    auto open = item_of("open", last_day);
    open.heading = "B 123 ABC";
    auto secret = item_of("secret", last_day);
    secret.label.level = 1;
    secret.heading = "Never shown TEST";
    auto other = item_of("other purpose", last_day);
    other.label.purpose = "prevention";
    other.heading = "TEST";
    for (auto const& item : { open, secret, other }) ASSERT_TRUE(node.put(item).ok());
    std::vector<std::string> const ids { "open", "secret", "other purpose", "nothing" };
    auto const shown = node.vault->headings(ids, officer_of()).value();
    EXPECT_EQ(shown[0], "B 123 ABC");
    EXPECT_FALSE(shown[1]);
    EXPECT_EQ(shown[2], "TEST") << "each for the purpose it came for";
    EXPECT_FALSE(shown[3]);
    auto const lines
        = node.store->read([](Transaction& t) { return operations_of(t, "officer-test"); }).value();
    EXPECT_EQ(lines[0].operation, Operation::retrieve);
    EXPECT_EQ(lines[0].remark, "headings of 2 items");
    EXPECT_EQ(lines[1].operation, Operation::store);
    node.go_to(last_day);
    EXPECT_FALSE(node.vault->headings(ids, officer_of()).value()[0]) << "closed on its day";
    open.id = "long";
    open.heading = std::string(heading_bytes_max, 'x');
    node.now = parse_instant("2026-04-17T09:00:00Z").value();
    EXPECT_TRUE(node.put(open).ok());
    open.id = "longer";
    open.heading += 'x';
    EXPECT_EQ(node.put(open).error().field, "heading");
}

TEST(Destruction, names_the_entry_that_it_fulfils_and_its_provisions)
{
    message::RegisterEntry received {};
    received.act = message::Act::received;
    received.message = "message";
    received.commitment = "commitment";
    auto const now = parse_instant("2027-04-17T00:00:00Z").value();
    auto const entry = destruction_of(received, 7, now);
    EXPECT_EQ(entry.act, message::Act::destroyed);
    EXPECT_EQ(entry.entry, 7);
    EXPECT_EQ(entry.at, now);
    EXPECT_EQ(entry.commitment, "commitment");
    EXPECT_EQ(entry.provisions.front(), "A31(4)(b)-1");
}

} // namespace comity::protection
