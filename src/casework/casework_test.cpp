#include "casework/casework.h"
#include "casework/vehicle_register.h"
#include "casework/views.h"

#include "base/file.h"
#include "base/scratch.h"
#include "exchange/founding.h"
#include "protection/items.h"
#include "store/trial_store_test.h"

#include <gtest/gtest.h>

#include <thread>

namespace comity::casework {
namespace {

using namespace std::chrono_literals;
using store::Transaction;

Instant const start = parse_instant("2026-04-17T09:14:00Z").value();

treaty::Law read_law(std::string_view replaced = {}, std::string_view by = {})
{
    treaty::Files files;
    for (auto const name : treaty::law_file_names()) {
        auto const bytes = read_file(std::filesystem::path { "data/treaty" } / name).value();
        std::string content { as_text(bytes) };
        if (auto const at = content.find(replaced); !replaced.empty() && at != content.npos)
            content.replace(at, replaced.size(), by);
        files.push_back({ std::string { name }, content });
    }
    auto const hash = [](std::string_view text) { return to_hex(crypto::sha256(as_view(text))); };
    return treaty::read_law(files, hash).take();
}

treaty::Law const& law()
{
    static auto const read = read_law();
    return read;
}

/// The same data, but Romania leaves requests for the owner of a vehicle to its courts.
treaty::Law const& stricter_law()
{
    static auto const read = read_law("RO\tvehicle-owner\tno", "RO\tvehicle-owner\tyes");
    return read;
}

/// The same data without Romania's row: whether its courts must deal with it is not known.
treaty::Law const& silent_law()
{
    static auto const read = read_law("RO\tvehicle-owner\tno", "RO\tdriving-licence\tno");
    return read;
}

exchange::Founding const& founding()
{
    static std::vector<exchange::FoundingState> const states {
        { "BG", "NCU Sofia TEST", "localhost", "127.0.0.1:1" },
        { "RO", "NCU Bucharest TEST", "localhost", "127.0.0.1:2" },
        { "RS", "NCU Belgrade TEST", "localhost", "127.0.0.1:3" },
    };
    static auto const made = exchange::found(states, 3, start, crypto::system_random());
    return made;
}

std::vector<store::Migration> all_migrations()
{
    std::vector<store::Migration> out;
    for (auto const room :
        { ledger::migrations, exchange::migrations, protection::migrations, migrations })
        out.insert(out.end(), room.begin(), room.end());
    return out;
}

struct Node {
    exchange::StateKeys const& keys;
    Instant now = start;
    ScratchFolder folder;
    std::unique_ptr<store::Store> store;
    std::unique_ptr<ledger::Ledger> ledger;
    std::unique_ptr<exchange::Exchange> exchange;
    std::unique_ptr<Casework> casework;

    explicit Node(std::size_t which)
        : Node(which, {})
    {
    }
    /// One more process of the same State, on the database of the first.
    Node(std::size_t which, Node const* first)
        : keys(founding().states[which])
        , store(store::Store::open(store::trial::address((first ? first : this)->folder / "db"),
              all_migrations(), store::Writer::caller)
                  .take())
        , ledger(ledger::Ledger::open(*store, keys.register_log, keys.register_key).take())
        , exchange(std::make_unique<exchange::Exchange>(
              *store, *ledger, founding().trust(start),
              exchange::Self { keys.of.state, keys.of.unit, keys.seal, keys.sealing },
              [this] { return now; }, crypto::system_random()))
        , casework(std::make_unique<Casework>(*store, *ledger, *exchange, law(),
              Settings { keys.of.state, keys.of.unit, true, 365 }, [this] { return now; }))
    {
    }
    CaseRow row(std::string_view number)
    {
        return store->read([&](Transaction& t) { return find_case(t, number); }).value().value();
    }
    std::vector<std::string> acts(std::string_view number)
    {
        std::vector<std::string> out;
        for (auto const& event :
            store->read([&](Transaction& t) { return events_of(t, number); }).value())
            out.push_back(event.act);
        return out;
    }
    std::vector<Body> bodies(std::string_view number)
    {
        return store->read([&](Transaction& t) { return bodies_of(t, number); }).value();
    }
    std::uint64_t verified_entries()
    {
        return store->read([&](Transaction& t) { return ledger::verify(t, ledger->verifier()); })
            .value();
    }
};

/// Carries the oldest message, or the later receipts.
bool carry_one(Node& from, Node& to)
{
    auto const& state = to.keys.of.state;
    auto const& own = from.keys.of.state;
    EXPECT_TRUE(from.exchange->number(state).ok());
    auto const load = from.exchange->load(state).value();
    if (load.first_under_way != 0) {
        auto const message = from.exchange->under_way(state, load.first_under_way).value();
        auto const receipt = to.exchange->receive(message.envelope, own).value();
        EXPECT_TRUE(from.exchange->acknowledge(message.id, receipt).ok());
    }
    for (auto const& receipt : from.exchange->receipts_for(state).value()) {
        EXPECT_TRUE(to.exchange->take_receipt(receipt.bytes, own).ok());
        EXPECT_TRUE(from.exchange->receipt_taken(receipt).ok());
    }
    return load.first_under_way != 0;
}

/// Carries everything between the nodes until nothing waits.
void carry(std::span<Node* const> nodes)
{
    for (bool moved = true; moved;) {
        moved = false;
        for (auto* from : nodes)
            for (auto* to : nodes) {
                if (from == to) continue;
                moved |= carry_one(*from, *to);
            }
        for (auto* node : nodes) moved |= node->casework->work().value() > 0;
    }
}

message::Vehicle vehicle(std::string plate)
{
    message::Person const person { "Popescu TEST", "Ana", false, parse_date("1979-04-12").value(),
        "Bucharest TEST", {} };
    return { std::move(plate), "RO", "UU1TEST0000000001", "Dacia", "Logan", "M1", "blue",
        parse_date("2019-05-01").value(), false, person, person };
}

RequestDraft lawful()
{
    return { "RO", {}, "vehicle-owner", "B 123 ABC", {}, "investigation", "vehicle theft",
        "identify-owner", "2026-0417", parse_date("2027-04-17").value(), {} };
}

void add_vehicle(Node& node, std::string const& plate)
{
    auto const line = json::to_text(vehicle(plate));
    ASSERT_TRUE(node.store->write([&](Transaction& t) { return import_vehicles(t, line); }).ok());
}

struct Pair {
    Node sofia { 0 }, bucharest { 1 };
    std::array<Node*, 2> both { &sofia, &bucharest };
};

} // namespace

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
    EXPECT_TRUE(sofia.casework->try_draft(lawful()).value().warnings.empty());
}

TEST(Casework, a_Party_not_yet_bound_on_the_date_is_refused_and_on_the_day_it_is_bound_permitted)
{
    Node sofia { 0 };
    auto const verdict = [&](char const* day) {
        sofia.now = parse_instant(std::string { day } + "T12:00:00Z").value();
        auto draft = lawful();
        draft.to = "HU";
        auto const outcome = sofia.casework->try_draft(draft).value();
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
    pair.bucharest.casework = std::make_unique<Casework>(*pair.bucharest.store,
        *pair.bucharest.ledger, *pair.bucharest.exchange, stricter_law(),
        Settings { "RO", "NCU Bucharest TEST", true, 365 }, [] { return start; });
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
    pair.bucharest.casework = std::make_unique<Casework>(*pair.bucharest.store,
        *pair.bucharest.ledger, *pair.bucharest.exchange, silent_law(),
        Settings { "RO", "NCU Bucharest TEST", true, 365 }, [] { return start; });
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

TEST(Casework, what_still_waits_on_its_last_day_is_destroyed_and_never_sent)
{
    Pair pair;
    auto draft = lawful();
    draft.erase_by = parse_date("2026-04-17").value();
    auto const id = pair.sofia.casework->send(draft, "TEST").value().message.value();
    EXPECT_EQ(pair.sofia.casework->destroy_due(*draft.erase_by).value(), 1);
    carry(pair.both);
    EXPECT_EQ(pair.sofia.row("2026-0417").state, CaseState::failed);
    EXPECT_TRUE(pair.sofia.bodies("2026-0417").empty());
    EXPECT_EQ(pair.sofia.verified_entries(), 0);
    EXPECT_EQ(pair.bucharest.verified_entries(), 0);
    auto const message
        = pair.sofia.store->read([&](Transaction& t) { return exchange::message_by_id(t, id); });
    EXPECT_EQ(message.value().state, "withdrawn");
}

TEST(Casework, what_waits_past_its_time_fails_its_case)
{
    Pair pair;
    auto const id = pair.sofia.casework->send(lawful(), "TEST").value().message.value();
    ASSERT_TRUE(pair.sofia.store
            ->write([&](Transaction& t) {
                return t.run("UPDATE exchange_outbox SET expires_at = $1 WHERE message = "
                             "$2",
                    "2000-01-01T00:00:00.000000Z", id);
            })
            .ok());
    carry(pair.both);
    EXPECT_EQ(pair.sofia.row("2026-0417").state, CaseState::failed);
    EXPECT_EQ(pair.sofia.acts("2026-0417").back(), "delivery-failed");
}

TEST(Casework, what_is_still_under_way_is_destroyed_after_it_was_delivered)
{
    Pair pair;
    auto draft = lawful();
    draft.erase_by = parse_date("2026-04-17").value();
    ASSERT_TRUE(pair.sofia.casework->send(draft, "TEST").value().message);
    ASSERT_TRUE(pair.sofia.exchange->number("RO").ok());
    EXPECT_EQ(pair.sofia.casework->destroy_due(*draft.erase_by).value(), 0);
    carry(pair.both);
    EXPECT_EQ(pair.sofia.row("2026-0417").state, CaseState::answered);
    EXPECT_EQ(pair.sofia.casework->destroy_due(*draft.erase_by).value(), 1);
    // No trace of the plate but in the answer, which has a day of its own.
    EXPECT_EQ(pair.sofia.row("2026-0417").plate, "");
    auto const events
        = pair.sofia.store->read([](Transaction& t) { return events_of(t, "2026-0417"); }).value();
    for (auto const& event : events)
        EXPECT_EQ(json::to_text(event.facts).find("B 123 ABC"), std::string::npos);
}

TEST(Casework, on_the_day_of_erase_by_the_data_are_destroyed_and_the_register_says_so)
{
    Pair pair;
    add_vehicle(pair.bucharest, "B 123 ABC");
    ASSERT_TRUE(pair.sofia.casework->send(lawful(), "TEST").value().message);
    carry(pair.both);
    auto const day = parse_date("2027-04-17").value();
    EXPECT_EQ(pair.bucharest.casework->destroy_due(day - std::chrono::days { 1 }).value(), 0);
    pair.bucharest.now = start + 24h * 365;
    EXPECT_EQ(pair.bucharest.casework->destroy_due(day).value(), 2);
    EXPECT_TRUE(pair.bucharest.bodies("BG/2026-0417").empty());
    EXPECT_EQ(pair.bucharest.row("BG/2026-0417").plate, "");
    EXPECT_EQ(pair.bucharest.verified_entries(), 4);
    EXPECT_EQ(pair.bucharest.acts("BG/2026-0417").back(), "erased");
}

TEST(Views, a_desk_sees_the_case_its_messages_and_its_proofs)
{
    Pair pair;
    add_vehicle(pair.bucharest, "B 123 ABC");
    auto const sent
        = pair.sofia.casework->send(lawful(), "A. Officer TEST").value().message.value();
    carry(pair.both);
    auto const read = [&](auto const& work) { return pair.sofia.store->read(work).value(); };
    auto const shown = read([](Transaction& t) { return case_view(t, "2026-0417"); });
    EXPECT_EQ(shown.answer->at("result"), "hit");
    EXPECT_EQ(shown.request.at("plate"), "B 123 ABC");
    ASSERT_EQ(shown.decisions.size(), 2);
    EXPECT_EQ(shown.decisions[0].role, "sender");
    EXPECT_EQ(shown.decisions[1].party, "RO");
    EXPECT_EQ(shown.clocks.at(0).elapsed, 0);
    EXPECT_EQ(shown.timeline.at(1).entry_index, 0);

    auto const list = read([](Transaction& t) { return inbox(t, "BG", 50); });
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
    EXPECT_EQ(
        pair.sofia.store->read([](Transaction& t) { return case_view(t, "none"); }).error().kind,
        Error::Kind::not_found);
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

TEST(Casework, two_processes_of_one_State_share_what_waits_and_answer_each_request_once)
{
    if (store::trial::postgres_address().empty()) GTEST_SKIP() << "a file is for one process";
    Node sofia { 0 }, first { 1 }, second { 1, &first };
    constexpr std::size_t requests = 70; // more than one process claims at once
    for (std::size_t i = 0; i < requests; ++i) {
        auto draft = lawful();
        draft.case_number = "TEST-" + std::to_string(i);
        ASSERT_TRUE(sofia.casework->send(draft, "TEST").value().sent);
        auto const message = sofia.exchange->next_for("RO").value().value();
        auto& taker = i % 2 == 0 ? first : second;
        auto const receipt = taker.exchange->receive(message.envelope, "BG").value();
        ASSERT_TRUE(sofia.exchange->acknowledge(message.id, receipt).ok());
    }
    std::array<std::size_t, 2> looked_at {};
    {
        std::vector<std::jthread> workers;
        workers.reserve(2);
        for (std::size_t i = 0; i < 2; ++i)
            workers.emplace_back([&, i] {
                auto& casework = *(i == 0 ? first : second).casework;
                for (std::size_t count = 1; count > 0; looked_at[i] += count) {
                    auto const done = casework.work();
                    ASSERT_TRUE(done.ok()) << done.error().what;
                    count = done.value();
                }
            });
    }
    EXPECT_EQ(looked_at[0] + looked_at[1], requests);
    EXPECT_EQ(
        first.store->read([](Transaction& t) { return exchange::queued_for(t, "BG"); }).value(),
        requests);
    EXPECT_EQ(second.verified_entries(), 2 * requests);
    std::array<Node*, 2> const both { &sofia, &first };
    carry(both);
    auto const due = parse_date("2030-01-01").value();
    EXPECT_EQ(first.casework->destroy_due(due).value(), 2 * requests);
    EXPECT_EQ(second.casework->destroy_due(due).value(), 0);
    EXPECT_EQ(second.verified_entries(), 4 * requests);
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
