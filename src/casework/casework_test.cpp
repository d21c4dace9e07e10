#include "casework/trial_casework_test.h"

namespace comity::casework {

using namespace trial;

TEST(Casework, a_lawful_request_is_answered_with_the_owner_and_both_sides_hold_the_case)
{
    Pair pair;
    add_vehicle(pair.bucharest, "B 123 ABC");
    auto const outcome = pair.sofia.casework->send(lawful(), "A. Officer TEST");
    ASSERT_TRUE(outcome.ok()) << outcome.error().what;
    ASSERT_TRUE(outcome.value().message) << json::print(treaty::write(outcome.value().decision));
    carry(pair.both);

    EXPECT_EQ(pair.sofia.row("2026-0417").state, CaseState::answered)
        << pair.sofia.bodies("2026-0417").back().text;
    EXPECT_EQ(pair.bucharest.row("BG/2026-0417").state, CaseState::answered);
    EXPECT_EQ(pair.sofia.acts("2026-0417"),
        (std::vector<std::string> {
            "request-judged", "request-sent", "receipt-received", "answer-received" }));
    EXPECT_EQ(pair.bucharest.acts("BG/2026-0417"),
        (std::vector<std::string> {
            "request-received", "request-judged", "answer-sent", "receipt-received" }));
    auto const bodies = pair.sofia.bodies("2026-0417");
    ASSERT_EQ(bodies.size(), 2);
    auto const answer
        = json::read_text<message::Answer>(bodies[1].text, json::Unknown::refuse).value();
    EXPECT_EQ(answer.result, message::Outcome::hit);
    EXPECT_EQ(answer.vehicles.at(0).owner.family_name, "Popescu TEST");
    EXPECT_EQ(pair.sofia.verified_entries(), 2);
    EXPECT_EQ(pair.bucharest.verified_entries(), 2);
}

TEST(Casework, a_plate_that_no_register_knows_is_answered_no_hit_without_personal_data)
{
    Pair pair;
    ASSERT_TRUE(pair.sofia.casework->send(lawful(), "A. Officer TEST").value().message);
    carry(pair.both);
    auto const bodies = pair.sofia.bodies("2026-0417");
    ASSERT_EQ(bodies.size(), 2);
    auto const answer
        = json::read_text<message::Answer>(bodies[1].text, json::Unknown::refuse).value();
    EXPECT_EQ(answer.result, message::Outcome::no_hit);
    EXPECT_TRUE(answer.vehicles.empty());
}

TEST(Casework, a_plate_in_Cyrillic_finds_its_Latin_twin)
{
    Pair pair;
    add_vehicle(pair.bucharest, "CA 12 ABC");
    auto draft = lawful();
    draft.plate = "са-12-авс";
    ASSERT_TRUE(pair.sofia.casework->send(draft, "TEST").value().message);
    carry(pair.both);
    EXPECT_NE(pair.sofia.bodies("2026-0417").at(1).text.find("\"hit\""), std::string::npos);
}

TEST(Casework, a_request_that_breaks_a_rule_never_leaves_and_names_the_provision)
{
    using Break = std::function<void(RequestDraft&)>;
    std::pair<char const*, Break> const breaks[] = {
        { "A1", [](auto& d) { d.purpose = "other"; } },
        { "A1", [](auto& d) { d.purpose.reset(); } },
        { "A4(5)(a)-1", [](auto& d) { d.need_ground.reset(); } },
        { "A4(5)(a)-1", [](auto& d) { d.need_ground = "none"; } },
        { "A31(4)(b)-1", [](auto& d) { d.erase_by.reset(); } },
        { "A4(2)-1", [](auto& d) { d.authority = "RO-UNKNOWN"; } },
    };
    Pair pair;
    for (auto const& [provision, breaking] : breaks) {
        auto draft = lawful();
        breaking(draft);
        auto const outcome = pair.sofia.casework->send(draft, "TEST").value();
        EXPECT_FALSE(outcome.message) << provision;
        EXPECT_NE(outcome.decision.verdict, treaty::Verdict::permitted);
        auto const against = provisions_against(outcome.decision);
        EXPECT_TRUE(std::ranges::count(against, provision)) << provision;
    }
    EXPECT_EQ(pair.sofia.verified_entries(), 0);
    EXPECT_FALSE(pair.sofia.exchange->load("RO").value().waiting);
}

TEST(Casework, bad_input_names_its_field)
{
    using Break = std::function<void(RequestDraft&)>;
    std::pair<char const*, Break> const breaks[] = {
        { "to", [](auto& d) { d.to.reset(); } },
        { "to", [](auto& d) { d.to = "ro"; } },
        { "to", [](auto& d) { d.to = "TR"; } },
        { "to", [](auto& d) { d.to = "BG"; } },
        { "kind", [](auto& d) { d.kind = "gossip"; } },
        { "purpose", [](auto& d) { d.purpose = "tax-audit"; } },
        { "needGround", [](auto& d) { d.need_ground = "curiosity"; } },
        { "urgency", [](auto& d) { d.urgency = "soon"; } },
        { "caseNumber", [](auto& d) { d.case_number = std::string(65, '1'); } },
        { "caseNumber", [](auto& d) { d.case_number = "RO/2026-0417"; } },
        { "plate", [](auto& d) { d.plate = std::string(65, 'A'); } },
        { "offence", [](auto& d) { d.offence = std::string(401, 'x'); } },
        { "registrationState", [](auto& d) { d.registration_state = "Romania"; } },
    };
    Node sofia { 0 };
    for (auto const& [field, breaking] : breaks) {
        auto draft = lawful();
        breaking(draft);
        auto const outcome = sofia.casework->send(draft, "TEST");
        ASSERT_FALSE(outcome.ok()) << field;
        EXPECT_EQ(outcome.error().field, field);
    }
    auto longest = lawful();
    longest.case_number = std::string(64, '1');
    EXPECT_TRUE(sofia.casework->send(longest, "TEST").value().message);
}

TEST(Casework, a_plate_of_no_known_format_warns_and_is_sent)
{
    Node sofia { 0 };
    auto draft = lawful();
    draft.plate = "OLD SERIES 1";
    auto const outcome = sofia.casework->send(draft, "TEST").value();
    EXPECT_TRUE(outcome.message);
    ASSERT_EQ(outcome.warnings.size(), 1);
    EXPECT_EQ(outcome.warnings[0].code, "plate-format");
    EXPECT_TRUE(sofia.casework->try_draft(lawful(), "TEST").value().warnings.empty());
}

TEST(Casework, a_Party_not_yet_bound_on_the_date_is_refused_and_on_the_day_it_is_bound_permitted)
{
    Node sofia { 0 };
    auto const verdict = [&](char const* day) {
        sofia.now = parse_instant(std::string { day } + "T12:00:00Z").value();
        auto draft = lawful();
        draft.to = "HU";
        auto const outcome = sofia.casework->try_draft(draft, "TEST").value();
        return std::ranges::count(provisions_against(outcome.decision), "A40(2)");
    };
    EXPECT_EQ(verdict("2012-12-09"), 1);
    EXPECT_EQ(verdict("2012-12-10"), 0);
}

TEST(Casework, what_the_receiver_refuses_comes_back_written_and_reasoned)
{
    // Sofia's node judges under a law without the TEST row of A4(1); Bucharest holds that its law
    // leaves the matter to courts, so the two decisions differ and the receiver's own stands.
    Pair pair;
    pair.bucharest.use(stricter_law());
    ASSERT_TRUE(pair.sofia.casework->send(lawful(), "TEST").value().message);
    carry(pair.both);
    EXPECT_EQ(pair.sofia.row("2026-0417").state, CaseState::refused);
    EXPECT_EQ(pair.bucharest.row("BG/2026-0417").state, CaseState::refused);
    EXPECT_EQ(pair.sofia.acts("2026-0417").back(), "refusal-received");
    auto const refusal = json::read_text<message::Refusal>(
        pair.sofia.bodies("2026-0417").at(1).text, json::Unknown::refuse)
                             .value();
    EXPECT_EQ(refusal.ground, "national-law");
    EXPECT_TRUE(std::ranges::count(refusal.provisions, "A4(1)-1"));
    EXPECT_NE(refusal.text.find("A4(1)-1: "), std::string::npos);
}

TEST(Casework, what_is_not_known_on_the_other_side_waits_for_an_officer_and_is_not_refused)
{
    Pair pair;
    pair.bucharest.use(silent_law());
    ASSERT_TRUE(pair.sofia.casework->send(lawful(), "TEST").value().message);
    carry(pair.both);
    EXPECT_EQ(pair.bucharest.row("BG/2026-0417").state, CaseState::received);
    EXPECT_EQ(pair.sofia.row("2026-0417").state, CaseState::waiting);
    EXPECT_EQ(pair.bucharest.casework->work().value(), 0);
}

TEST(Casework, a_request_for_an_owner_that_names_no_vehicle_is_rejected_and_never_a_no_hit)
{
    Pair pair;
    auto draft = lawful();
    draft.plate = "---";
    ASSERT_TRUE(pair.sofia.casework->send(draft, "TEST").value().message);
    carry(pair.both);
    EXPECT_EQ(pair.sofia.row("2026-0417").state, CaseState::failed);
    EXPECT_EQ(pair.sofia.acts("2026-0417").back(), "delivery-failed");
}

TEST(Views, a_desk_sees_the_case_its_messages_and_its_proofs)
{
    Pair pair;
    add_vehicle(pair.bucharest, "B 123 ABC");
    auto const sent
        = pair.sofia.casework->send(lawful(), "A. Officer TEST").value().message.value();
    carry(pair.both);
    auto const read = [&](auto const& work) { return pair.sofia.store->read(work).value(); };
    auto const shown = pair.sofia.view("2026-0417");
    EXPECT_EQ(shown.answer->at("result"), "hit");
    EXPECT_EQ(shown.request.at("plate"), "B 123 ABC");
    ASSERT_EQ(shown.decisions.size(), 2);
    EXPECT_EQ(shown.decisions[0].role, "sender");
    EXPECT_EQ(shown.decisions[1].party, "RO");
    EXPECT_EQ(shown.clocks.at(0).elapsed, 0);
    EXPECT_EQ(shown.timeline.at(1).entry_index, 0);

    auto const list = pair.sofia.casework->inbox(50, "TEST").value();
    ASSERT_EQ(list.size(), 1);
    EXPECT_EQ(list[0].direction, "out");
    auto const message = read([&](Transaction& t) { return message_view(t, sent); });
    ASSERT_EQ(message.receipts.size(), 2);
    EXPECT_EQ(message.receipts[0].kind, "durable");
    EXPECT_EQ(message.receipts[1].kind, "answered");
    EXPECT_NE(message.receipts[0].text.find(sent), std::string::npos);
    EXPECT_EQ(message.case_number, "2026-0417");
    auto const theirs
        = pair.bucharest.store->read([](Transaction& t) { return message_lines(t, 10); }).value();
    ASSERT_EQ(theirs.size(), 2);
    for (auto const& line : theirs) EXPECT_EQ(line.case_number, "BG/2026-0417");
    auto const page = read([](Transaction& t) { return register_page(t, {}, 1); });
    ASSERT_EQ(page.entries.size(), 1);
    EXPECT_EQ(page.entries[0].index, 1);
    auto const proof
        = read([&](Transaction& t) { return entry_proof(t, 0, pair.sofia.ledger->verifier()); });
    EXPECT_EQ(proof.size, 2);
    EXPECT_EQ(pair.sofia.casework->open_case("none", "TEST").error().kind, Error::Kind::not_found);
}

TEST(Casework, three_States_ask_each_other_and_every_register_holds)
{
    Node sofia { 0 }, bucharest { 1 }, belgrade { 2 };
    std::array<Node*, 3> const all { &sofia, &bucharest, &belgrade };
    int number = 0;
    for (auto* from : all)
        for (auto* to : all) {
            if (from == to) continue;
            auto draft = lawful();
            draft.to = to->keys.of.state;
            draft.case_number = "TEST-" + std::to_string(++number);
            ASSERT_TRUE(from->casework->send(draft, "TEST").value().message);
        }
    carry(all);
    for (auto* node : all) EXPECT_EQ(node->verified_entries(), 8);
}

TEST(VehicleRegister, an_import_with_a_bad_line_names_it_and_takes_nothing)
{
    Node node { 1 };
    auto const good = json::to_text(vehicle("B 1 AAA")) + "\n";
    auto const done = node.store->write(
        [&](Transaction& t) { return import_vehicles(t, good + "{\"plate\":1}\n"); });
    ASSERT_FALSE(done.ok());
    EXPECT_EQ(done.error().field, "line 2");
    EXPECT_EQ(node.store->read([](Transaction& t) { return count_vehicles(t); }).value(), 0);
}

} // namespace comity::casework
