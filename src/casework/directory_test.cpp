#include "casework/direct_contact.h"
#include "casework/directory.h"
#include "casework/trial_casework_test.h"

#include <algorithm>

namespace comity::casework {

using namespace trial;

namespace {

struct Listed : Node {
    Directory directory { *store, *exchange, *casework, law(),
        { keys.of.state, keys.of.unit, true, 365 }, [this] { return now; } };

    explicit Listed(std::size_t which)
        : Node(which)
    {
        take_copies(*casework, law(), keys.of.state);
    }
    std::vector<ContactLine> lines() { return directory.view().value().contacts; }
};

message::Contact contact(std::string authority, std::string phone = "+359 2 000 TEST")
{
    message::Contact out { std::move(authority) };
    out.telephones = { std::move(phone) };
    out.languages = { "bg", "en" };
    out.hours = "00:00-24:00";
    return out;
}

void carry(Listed& one, Listed& other)
{
    std::array<Node*, 2> both { &one, &other };
    trial::carry(both);
}

RequestDraft direct(std::string ground)
{
    auto out = lawful();
    out.to = "RS";
    out.authority = "RS-DIMITROVGRAD";
    out.own_authority = "BG-DRAGOMAN";
    out.direct_ground = std::move(ground);
    out.plate = {};
    json::Object vehicle;
    vehicle["plate"] = "NI 123-AB";
    vehicle["registrationState"] = "RS";
    out.query = json::Object { { "vehicle", vehicle },
        { "justification", "TEST: one ring on both sides of the border" } };
    out.facts = json::Object { { "direct-expedient", true }, { "border-region", true } };
    return out;
}

} // namespace

TEST(Directory, an_edition_reaches_every_other_Party_and_replaces_the_one_before_it)
{
    Listed sofia { 0 }, bucharest { 1 };
    ASSERT_TRUE(sofia.directory.enter(contact("BG-IOCD"), "TEST").ok());
    ASSERT_TRUE(sofia.directory.enter(contact("BG-DRAGOMAN"), "TEST").ok());
    EXPECT_TRUE(sofia.directory.view().value().changed);
    auto const sent = sofia.directory.publish("A. Officer TEST");
    ASSERT_TRUE(sent.ok()) << sent.error().field << ": " << sent.error().what;
    EXPECT_EQ(sent.value(), 2); // Bucharest and Belgrade
    EXPECT_FALSE(sofia.directory.view().value().changed);
    carry(sofia, bucharest);
    auto got = bucharest.lines();
    ASSERT_EQ(got.size(), 2);
    EXPECT_EQ(got[0].state, "BG");
    EXPECT_FALSE(got[0].own);
    EXPECT_EQ(got[0].verified_by, "BG node");
    EXPECT_EQ(got[0].history.back().edition, 1);

    sofia.now += 1h;
    bucharest.now = sofia.now;
    ASSERT_TRUE(sofia.directory.end("BG-DRAGOMAN", "TEST").ok());
    ASSERT_TRUE(sofia.directory.publish("TEST").ok());
    carry(sofia, bucharest);
    got = bucharest.lines();
    ASSERT_EQ(got.size(), 1);
    EXPECT_EQ(got[0].contact.authority, "BG-IOCD");
    EXPECT_EQ(sofia.verified_entries(), 2); // those to Belgrade still wait for their turn
}

TEST(Directory, a_change_is_a_new_entry_and_what_was_there_before_stays)
{
    Listed sofia { 0 };
    ASSERT_TRUE(sofia.directory.enter(contact("BG-IOCD", "1111 TEST"), "Ann TEST").ok());
    sofia.now += 24h;
    ASSERT_TRUE(sofia.directory.enter(contact("BG-IOCD", "2222 TEST"), "Bob TEST").ok());
    auto const lines = sofia.lines();
    ASSERT_EQ(lines.size(), 1);
    EXPECT_EQ(lines[0].contact.telephones.at(0), "2222 TEST");
    EXPECT_EQ(lines[0].verified_by, "Bob TEST");
    ASSERT_EQ(lines[0].history.size(), 2);
    EXPECT_EQ(lines[0].history[0].contact.telephones.at(0), "1111 TEST");
    EXPECT_EQ(lines[0].history[0].by, "Ann TEST");
}

TEST(Directory, an_entry_is_overdue_from_the_day_on_which_nobody_tried_for_so_long)
{
    Listed sofia { 0 };
    ASSERT_TRUE(sofia.directory.enter(contact("BG-IOCD"), "TEST").ok());
    sofia.now += usual_verification - 24h;
    EXPECT_FALSE(sofia.lines().at(0).overdue);
    sofia.now += 24h;
    EXPECT_TRUE(sofia.lines().at(0).overdue);
    ASSERT_TRUE(sofia.directory.verify("BG", "BG-IOCD", "Ann TEST").ok());
    EXPECT_FALSE(sofia.lines().at(0).overdue);
    EXPECT_EQ(sofia.lines().at(0).verified_by, "Ann TEST");
    message::Contact const never { "BG-IOCD" };
    EXPECT_TRUE(is_overdue(never, std::chrono::floor<std::chrono::days>(sofia.now)));
}

TEST(Directory, what_is_not_ours_is_verified_and_never_changed)
{
    Listed sofia { 0 }, bucharest { 1 };
    ASSERT_TRUE(sofia.directory.enter(contact("BG-IOCD"), "TEST").ok());
    ASSERT_TRUE(sofia.directory.publish("TEST").ok());
    carry(sofia, bucharest);
    EXPECT_TRUE(bucharest.directory.verify("BG", "BG-IOCD", "Ion TEST").ok());
    EXPECT_EQ(bucharest.lines().at(0).verified_by, "Ion TEST");
    EXPECT_EQ(bucharest.directory.end("BG-IOCD", "TEST").error().kind, Error::Kind::not_found);
    EXPECT_EQ(bucharest.directory.verify("BG", "none", "TEST").error().field, "authority");
}

TEST(Directory, an_entry_says_whom_and_how_to_reach_and_nothing_empty_is_sent)
{
    Listed sofia { 0 };
    EXPECT_EQ(sofia.directory.publish("TEST").error().kind, Error::Kind::conflict);
    EXPECT_FALSE(sofia.directory.enter(contact(""), "TEST").ok());
    auto silent = contact("BG-IOCD");
    silent.telephones.clear();
    EXPECT_EQ(sofia.directory.enter(silent, "TEST").error().field, "telephones");
    for (std::size_t n = 0; n < contacts_max; ++n)
        ASSERT_TRUE(sofia.directory.enter(contact("BG-" + std::to_string(n)), "TEST").ok());
    EXPECT_EQ(
        sofia.directory.enter(contact("BG-MORE"), "TEST").error().kind, Error::Kind::too_large);
    EXPECT_TRUE(sofia.directory.enter(contact("BG-0"), "TEST").ok()); // a change is no more
}

TEST(DirectContact, a_request_of_a_border_authority_is_copied_to_both_National_Central_Units)
{
    Listed sofia { 0 }, belgrade { 2 };
    auto const sent = sofia.casework->send(direct("border-region-crime"), "A. Officer TEST");
    ASSERT_TRUE(sent.ok()) << sent.error().what;
    ASSERT_TRUE(sent.value().message) << json::print(treaty::write(sent.value().decision));
    carry(sofia, belgrade);
    auto const ours
        = sofia.store->read([](Transaction& t) { return copies(t, copies_shown_max); }).value();
    ASSERT_EQ(ours.size(), 1);
    EXPECT_EQ(ours[0].direction, "out");
    EXPECT_EQ(ours[0].ground, "border-region-crime");
    auto const theirs
        = belgrade.store->read([](Transaction& t) { return copies(t, copies_shown_max); }).value();
    ASSERT_EQ(theirs.size(), 1);
    EXPECT_EQ(theirs[0].case_number, "BG/2026-0417");
    EXPECT_EQ(theirs[0].from_authority, "BG-DRAGOMAN");
    EXPECT_EQ(theirs[0].to_authority, "RS-DIMITROVGRAD");
    auto const here = sofia.acts("2026-0417");
    EXPECT_EQ(std::ranges::count(here, "direct-contact-copy-sent"), 1);
    auto const there = belgrade.acts("BG/2026-0417");
    EXPECT_EQ(std::ranges::count(there, "direct-contact-copy-received"), 1);
    EXPECT_EQ(
        std::ranges::count(belgrade.bodies("BG/2026-0417"), "direct-contact-copy", &Body::type), 1);
}

TEST(DirectContact, without_a_ground_that_holds_nothing_leaves_and_nothing_is_copied)
{
    Listed sofia { 0 };
    auto none = direct("none");
    EXPECT_EQ(
        sofia.casework->send(none, "TEST").value().decision.verdict, treaty::Verdict::refused);
    auto not_expedient = direct("border-region-crime");
    not_expedient.facts->at("direct-expedient") = false;
    EXPECT_FALSE(sofia.casework->send(not_expedient, "TEST").value().message);
    EXPECT_TRUE(sofia.store->read([](Transaction& t) { return copies(t, copies_shown_max); })
            .value()
            .empty());
}

TEST(DirectContact, what_is_written_directly_says_why)
{
    Listed sofia { 0 };
    auto silent = direct("border-region-crime");
    silent.query->erase("justification");
    EXPECT_EQ(sofia.casework->try_draft(silent, "TEST").value().missing,
        std::vector<std::string> { "query.justification" });
    EXPECT_EQ(sofia.casework->send(silent, "TEST").error().field, "query.justification");
}

TEST(DirectContact, from_Unit_to_Unit_there_is_nothing_to_copy)
{
    Listed sofia { 0 };
    ASSERT_TRUE(sofia.casework->send(lawful(), "TEST").value().message);
    EXPECT_TRUE(sofia.store->read([](Transaction& t) { return copies(t, copies_shown_max); })
            .value()
            .empty());
}

TEST(DirectContact, a_copy_of_a_request_that_never_came_is_rejected)
{
    Listed sofia { 0 }, bucharest { 1 };
    message::DirectContactCopy const body { "border-region-crime", "BG-DRAGOMAN", "RO-MAI", start,
        { "018f0000-0000-7000-8000-000000000000", {} }, "request", "TEST" };
    exchange::Outgoing outgoing { message::Type::direct_contact_copy, "RO", { "2026-0999", {} } };
    outgoing.purpose = "investigation";
    outgoing.legal_basis = { "PCC SEE", { "A4(4)-1" }, law().version() };
    outgoing.personal_data = false;
    outgoing.parts = { { "direct-contact-copy",
        message::schema_of(message::Type::direct_contact_copy), to_bytes(json::to_text(body)) } };
    auto const sealed = sofia.exchange->seal(std::move(outgoing)).value();
    auto const id
        = sofia.store->write([&](Transaction& t) { return sofia.exchange->submit(t, sealed); })
              .value();
    // Its own rejection comes back to a case that we do not have either: a row is enough for that.
    ASSERT_TRUE(sofia.exchange->number("RO").ok());
    auto const message = sofia.exchange->under_way("RO", 1).value();
    ASSERT_EQ(message.id, id);
    ASSERT_TRUE(bucharest.exchange->receive(message.envelope, "BG").ok());
    EXPECT_TRUE(bucharest.store->read([](Transaction& t) { return copies(t, copies_shown_max); })
            .value()
            .empty());
}

} // namespace comity::casework
