#include "identification/first_connection.h"
#include "identification/trial_identification_test.h"

#include <fmt/format.h>

#include <set>

namespace comity::identification {
namespace {

using namespace trial;
using casework::CaseState;
using treaty::Verdict;

Date const far = parse_date("2030-01-01").value();
constexpr std::size_t stains = 2 * profiles_a_portion + 100; // three portions

/// Twelve loci; the number is written in their alleles, so that no two profiles agree.
dna::Profile numbered(std::string reference, std::size_t number, dna::Category category)
{
    auto out = profile(std::move(reference), "15", category);
    for (auto& typing : out.genotype) {
        auto const digit = static_cast<std::uint16_t>(number % 4);
        number /= 4;
        auto const repeat = static_cast<std::uint16_t>(100 + 10 * digit);
        typing.alleles[0] = dna::Allele { repeat };
        typing.alleles[1] = dna::Allele { static_cast<std::uint16_t>(repeat + 60) };
    }
    return out;
}

/// A node with its part in first connections.
struct Desk {
    Laboratory& laboratory;
    std::unique_ptr<FirstConnection> runs;

    explicit Desk(Laboratory& of, bool lawful = true)
        : laboratory(of)
    {
        open(lawful);
    }
    /// As after a crash: what was in memory is gone.
    void open(bool lawful = true)
    {
        auto& at = laboratory;
        at.open_database();
        at.make_identification({ at.keys.of.state, at.keys.of.unit, true, lawful, lawful, 365 });
        runs = std::make_unique<FirstConnection>(
            Identification::Rooms {
                *at.store, *at.exchange, *at.casework, *at.vault, law(), *at.database, terms() },
            Settings { at.keys.of.state, at.keys.of.unit, true, lawful, lawful, 365 },
            [&at] { return at.now; }, crypto::system_random());
    }
};

struct Desks {
    Laboratories two;
    Desk sofia { two.sofia }, bucharest { two.bucharest };

    /// Every fifth stain of Sofia is a person of Bucharest.
    Desks()
    {
        std::vector<dna::Profile> open, persons;
        for (std::size_t i = 0; i < stains; ++i) {
            open.push_back(
                numbered(fmt::format("BG-S-{:05}", i), 7 * i, dna::Category::unknown_stain));
            if (i % 5 == 0)
                persons.push_back(
                    numbered(fmt::format("RO-P-{:05}", i), 7 * i, dna::Category::known_person));
        }
        EXPECT_TRUE(two.sofia.identification->add(open, far, "analyst TEST").ok());
        EXPECT_TRUE(two.bucharest.identification->add(persons, far, "analyst TEST").ok());
    }
    bool move_once()
    {
        bool moved = carry_one(two.sofia, two.bucharest);
        moved |= carry_one(two.bucharest, two.sofia);
        for (auto* each : { &sofia, &bucharest }) moved |= each->runs->work().value() > 0;
        return moved;
    }
    void carry()
    {
        while (move_once()) { }
    }
    RunPage page_at_sofia() { return *sofia.runs->find("2026-0500", 0, "officer").value().it; }
    RunView at_sofia() { return page_at_sofia().run; }
    RunView at_bucharest()
    {
        return bucharest.runs->find("BG/2026-0500", 0, "officer").value().it->run;
    }
    void agree()
    {
        carry();
        auto const answered = bucharest.runs->answer("BG/2026-0500", true, {}, "officer");
        ASSERT_TRUE(answered.ok()) << answered.error().what << " " << answered.error().field;
        EXPECT_TRUE(answered.value().message.has_value());
        carry();
    }
};

RunDraft lawful_run()
{
    RunDraft out;
    out.to = "RO";
    out.case_number = "2026-0500";
    out.purpose = "investigation";
    out.offence = "open stains TEST";
    out.ground = "investigation-or-proceedings";
    out.kind = "stain";
    out.costs_accepted = true;
    out.erase_by = parse_date("2027-04-17").value();
    out.facts = json::Object { { "comparison-lawful", true } };
    return out;
}

std::string field_of(Result<RunOutcome> const& outcome)
{
    return outcome.ok() ? "no error" : outcome.error().field;
}

} // namespace

TEST(FirstConnection, every_open_stain_meets_the_whole_file_and_every_planted_hit_comes_back)
{
    Desks two;
    auto const proposed = two.sofia.runs->propose(lawful_run(), "officer");
    ASSERT_TRUE(proposed.ok()) << proposed.error().what;
    EXPECT_EQ(proposed.value().expectation.profiles, static_cast<std::int64_t>(stains));
    EXPECT_EQ(proposed.value().expectation.portions, 3);
    EXPECT_EQ(proposed.value().expectation.answer_hours, 48);
    two.agree();
    ASSERT_TRUE(two.at_sofia().chance.has_value());
    EXPECT_EQ(two.at_sofia().chance->profiles_searched, static_cast<std::int64_t>(stains / 5));
    EXPECT_EQ(two.at_sofia().portions_sent, 0) << "nothing leaves before it is begun";
    ASSERT_TRUE(two.sofia.runs->begin("2026-0500", "officer").ok());
    two.carry();

    for (auto const& run : { two.at_sofia(), two.at_bucharest() }) {
        EXPECT_EQ(run.state, RunState::complete);
        EXPECT_EQ(run.portions_done, 3);
        EXPECT_EQ(run.profiles_done, static_cast<std::int64_t>(stains));
        EXPECT_EQ(run.hits, static_cast<std::int64_t>(stains / 5));
        EXPECT_EQ(run.due_at, *run.begun_at + std::chrono::hours { 48 });
    }
    EXPECT_EQ(two.two.sofia.row("2026-0500").state, CaseState::answered);
    EXPECT_EQ(two.two.bucharest.row("BG/2026-0500").state, CaseState::answered);
    std::set<std::string> found;
    for (auto const& portion : two.page_at_sofia().portions_with_hits)
        for (auto const& match :
            two.sofia.runs->matches("2026-0500", portion.portion, "officer").value().it.matches) {
            EXPECT_EQ(match.profile_number.substr(5), match.found_number.substr(5));
            EXPECT_TRUE(match.evidence.has_value());
            EXPECT_EQ(match.locus_results->size(), 12U);
            EXPECT_TRUE(found.insert(match.profile_number).second) << "a hit came twice";
        }
    EXPECT_EQ(found.size(), stains / 5);
}

TEST(FirstConnection, experts_confirm_a_hit_of_a_run_as_any_other)
{
    Desks two;
    ASSERT_TRUE(two.sofia.runs->propose(lawful_run(), "officer").ok());
    two.agree();
    ASSERT_TRUE(two.sofia.runs->begin("2026-0500", "officer").ok());
    two.carry();
    auto const found = two.sofia.runs->matches("2026-0500", 1, "officer").value().it;
    ConfirmationDraft draft { found.matches.at(0).match, true,
        { { "EXPERT-1 TEST", "Laboratory TEST" }, { "EXPERT-2 TEST", "Laboratory TEST" } },
        "second reading", {} };
    auto& desk = *two.two.sofia.identification;
    ASSERT_TRUE(desk.confirm("2026-0500", draft, "officer").ok());
    draft.match = "none";
    EXPECT_EQ(desk.confirm("2026-0500", draft, "officer").error().field, "match");
    two.carry();
    EXPECT_EQ(two.two.bucharest.acts("BG/2026-0500").back(), "dna-confirmation-received");
    auto const again = two.sofia.runs->matches("2026-0500", 1, "officer").value().it;
    ASSERT_EQ(again.confirmations.size(), 1U);
    EXPECT_EQ(again.confirmations[0].confirmation.match, found.matches[0].match);
}

TEST(FirstConnection, nothing_leaves_before_the_other_party_agrees_and_a_no_says_why)
{
    Desks two;
    ASSERT_TRUE(two.sofia.runs->propose(lawful_run(), "officer").ok());
    two.carry();
    EXPECT_EQ(two.sofia.runs->begin("2026-0500", "officer").error().kind, Error::Kind::conflict);
    auto const number = "BG/2026-0500";
    EXPECT_EQ(two.bucharest.runs->answer(number, false, "", "officer").error().field, "reason");
    ASSERT_TRUE(two.bucharest.runs->answer(number, false, "later TEST", "officer").ok());
    EXPECT_EQ(two.bucharest.runs->answer(number, true, {}, "officer").error().kind,
        Error::Kind::conflict);
    two.carry();
    EXPECT_EQ(two.at_sofia().state, RunState::refused);
    EXPECT_EQ(two.sofia.runs->begin("2026-0500", "officer").error().kind, Error::Kind::conflict);
    EXPECT_EQ(two.two.sofia.row("2026-0500").state, CaseState::refused);
}

TEST(FirstConnection, a_state_whose_law_does_not_provide_for_it_cannot_agree)
{
    Desks two;
    two.bucharest.open(false);
    ASSERT_TRUE(two.sofia.runs->propose(lawful_run(), "officer").ok());
    two.carry();
    auto const answered = two.bucharest.runs->answer("BG/2026-0500", true, {}, "officer").value();
    EXPECT_EQ(answered.decision->verdict, Verdict::refused);
    EXPECT_FALSE(answered.message.has_value());
    EXPECT_EQ(
        casework::provisions_against(*answered.decision), std::vector<std::string> { "A20(1)-1" });
}

TEST(FirstConnection, either_side_stops_it_and_only_who_stopped_it_lets_it_go_on)
{
    Desks two;
    ASSERT_TRUE(two.sofia.runs->propose(lawful_run(), "officer").ok());
    two.agree();
    EXPECT_EQ(two.bucharest.runs->stop("BG/2026-0500", "", "officer").error().field, "reason");
    ASSERT_TRUE(two.bucharest.runs->stop("BG/2026-0500", "too many TEST", "officer").ok());
    two.carry();
    ASSERT_TRUE(two.sofia.runs->begin("2026-0500", "officer").ok());
    two.carry();
    EXPECT_TRUE(two.at_sofia().stopped_there);
    EXPECT_EQ(two.at_sofia().portions_sent, 0);
    EXPECT_EQ(two.sofia.runs->resume("2026-0500", "officer").error().kind, Error::Kind::conflict);
    ASSERT_TRUE(two.sofia.runs->stop("2026-0500", "we too TEST", "officer").ok());
    ASSERT_TRUE(two.bucharest.runs->resume("BG/2026-0500", "officer").ok());
    two.carry();
    EXPECT_EQ(two.at_sofia().portions_sent, 0) << "one of the two still stops it";
    ASSERT_TRUE(two.sofia.runs->resume("2026-0500", "officer").ok());
    two.carry();
    EXPECT_EQ(two.at_sofia().state, RunState::complete);
    EXPECT_EQ(two.at_bucharest().hits, static_cast<std::int64_t>(stains / 5));
}

TEST(FirstConnection, what_came_while_it_was_stopped_is_compared_when_it_goes_on)
{
    Desks two;
    ASSERT_TRUE(two.sofia.runs->propose(lawful_run(), "officer").ok());
    two.agree();
    ASSERT_TRUE(two.sofia.runs->begin("2026-0500", "officer").ok());
    ASSERT_GT(two.sofia.runs->work().value(), 0U); // a portion is on its way
    ASSERT_TRUE(two.bucharest.runs->stop("BG/2026-0500", "night TEST", "officer").ok());
    two.carry();
    EXPECT_EQ(two.at_bucharest().portions_sent, two.at_sofia().portions_sent);
    EXPECT_GT(two.at_bucharest().portions_sent, 0);
    EXPECT_EQ(two.at_bucharest().portions_done, 0);
    ASSERT_TRUE(two.bucharest.runs->resume("BG/2026-0500", "officer").ok());
    two.carry();
    EXPECT_EQ(two.at_sofia().state, RunState::complete);
}

TEST(FirstConnection, a_node_that_dies_between_any_two_steps_goes_on_and_repeats_no_portion)
{
    Desks two;
    ASSERT_TRUE(two.sofia.runs->propose(lawful_run(), "officer").ok());
    two.agree();
    ASSERT_TRUE(two.sofia.runs->begin("2026-0500", "officer").ok());
    std::size_t steps = 0;
    for (bool more = true; more; ++steps) {
        more = two.move_once();
        (steps % 2 == 0 ? two.sofia : two.bucharest).open();
    }
    EXPECT_GT(steps, 3U);
    EXPECT_EQ(two.at_sofia().state, RunState::complete);
    EXPECT_EQ(two.at_sofia().profiles_done, static_cast<std::int64_t>(stains));
    EXPECT_EQ(two.at_bucharest().hits, static_cast<std::int64_t>(stains / 5));
    std::map<std::string, int> sent;
    auto const messages
        = two.two.sofia.store
              ->read([](Transaction& t) { return casework::contents_of(t, "2026-0500"); })
              .value();
    for (auto const& each : messages) ++sent[each.type];
    EXPECT_EQ(sent["dna-run-portion"], 3);
    EXPECT_EQ(sent["dna-run-result"], 3);
}

TEST(FirstConnection, the_profiles_of_a_portion_are_destroyed_once_they_are_compared)
{
    Desks two;
    ASSERT_TRUE(two.sofia.runs->propose(lawful_run(), "officer").ok());
    two.agree();
    ASSERT_TRUE(two.sofia.runs->begin("2026-0500", "officer").ok());
    two.carry();
    auto const left
        = two.two.bucharest.store
              ->read([](Transaction& t) { return casework::contents_of(t, "BG/2026-0500"); })
              .value();
    for (auto const& each : left) EXPECT_NE(each.type, "dna-run-portion");
    EXPECT_EQ(two.two.bucharest.database->size(File::kept), 0U);
}

TEST(FirstConnection, a_profile_that_is_gone_by_its_turn_is_passed_over)
{
    Desks two;
    ASSERT_TRUE(two.sofia.runs->propose(lawful_run(), "officer").ok());
    two.agree();
    auto& sofia = two.two.sofia;
    ASSERT_TRUE(sofia.store
            ->write([&](Transaction& t) -> Result<void> {
                auto const row = find_profile(t, "BG", "BG-S-00005").value().value();
                return sofia.database->destroy(
                    t, row, message::DestructionGround::no_longer_needed, { "officer", "TEST" });
            })
            .ok());
    ASSERT_TRUE(two.sofia.runs->begin("2026-0500", "officer").ok());
    two.carry();
    EXPECT_EQ(two.at_sofia().state, RunState::complete);
    EXPECT_EQ(two.at_sofia().profiles_done, static_cast<std::int64_t>(stains - 1));
    EXPECT_EQ(two.at_sofia().hits, static_cast<std::int64_t>(stains / 5 - 1));
}

TEST(FirstConnection, a_portion_that_is_not_taken_stops_the_run_until_an_officer_lets_it_go_on)
{
    Desks two;
    ASSERT_TRUE(two.sofia.runs->propose(lawful_run(), "officer").ok());
    two.agree();
    auto const there = [&](RunState state) { // as in a copy of the file from before or after
        return two.two.bucharest.store->write([&](Transaction& t) -> Result<void> {
            auto run = TRY(find_run(t, "BG/2026-0500"));
            run->state = state;
            return save_run(t, *run);
        });
    };
    ASSERT_TRUE(there(RunState::proposed).ok());
    ASSERT_TRUE(two.sofia.runs->begin("2026-0500", "officer").ok());
    two.carry();
    EXPECT_TRUE(two.at_sofia().stopped_here);
    EXPECT_EQ(two.at_sofia().portions_sent, 0);
    EXPECT_EQ(two.two.sofia.row("2026-0500").state, CaseState::failed);
    EXPECT_EQ(two.two.sofia.acts("2026-0500").back(), "dna-run-stopped");
    ASSERT_TRUE(there(RunState::agreed).ok());
    ASSERT_TRUE(two.sofia.runs->resume("2026-0500", "officer").ok());
    two.carry();
    EXPECT_EQ(two.at_sofia().state, RunState::complete);
    EXPECT_EQ(two.at_sofia().hits, static_cast<std::int64_t>(stains / 5));
    EXPECT_EQ(two.two.sofia.row("2026-0500").state, CaseState::answered);
}

TEST(FirstConnection, a_proposal_that_is_not_taken_waits_for_nothing)
{
    Desks two;
    ASSERT_TRUE(two.sofia.runs->propose(lawful_run(), "officer").ok());
    ASSERT_TRUE(two.two.bucharest.store
            ->write([&](Transaction& t) { // its number is in use there
                return casework::put_case(t,
                    { "BG/2026-0500", "2026-0500", "vehicle-owner", "investigation", {}, "BG", "RO",
                        CaseState::informed, two.two.bucharest.now, {}, {} });
            })
            .ok());
    two.carry();
    EXPECT_EQ(two.at_sofia().state, RunState::refused);
    EXPECT_EQ(two.sofia.runs->begin("2026-0500", "officer").error().kind, Error::Kind::conflict);
}

TEST(FirstConnection, only_who_needs_to_know_the_case_acts_on_a_run_and_sees_how_it_goes)
{
    Desks two;
    casework::Officer const maker { "account-1 TEST", "Ann TEST", 0 };
    casework::Officer other { "account-2 TEST", "Bob TEST", 0 };
    auto& sofia = *two.sofia.runs;
    ASSERT_TRUE(sofia.propose(lawful_run(), maker).ok());
    two.agree();
    auto const closed
        = [](auto const& refused) { return refused ? refused->provision : std::string { "open" }; };
    EXPECT_EQ(closed(sofia.begin("2026-0500", other).value()), "A32(1)");
    EXPECT_EQ(closed(sofia.stop("2026-0500", "TEST", other).value()), "A32(1)");
    EXPECT_EQ(closed(sofia.resume("2026-0500", other).value()), "A32(1)");
    EXPECT_EQ(closed(sofia.find("2026-0500", 0, other).value().refused), "A32(1)");
    EXPECT_EQ(closed(sofia.matches("2026-0500", 1, other).value().refused), "A32(1)");
    EXPECT_EQ(two.at_sofia().state, RunState::agreed) << "nothing of it was done";
    EXPECT_FALSE(two.at_sofia().stopped_here);
    EXPECT_FALSE(sofia.list(other).value().at(0).run.has_value());
    EXPECT_EQ(sofia.list(other).value().at(0).number, "2026-0500");
    EXPECT_TRUE(sofia.list(maker).value().at(0).run.has_value());
    EXPECT_EQ(closed(sofia.begin("2026-0500", maker).value()), "open");
    EXPECT_EQ(closed(sofia.find("2026-0500", 0, maker).value().refused), "open");
}

TEST(FirstConnection, a_proposal_that_came_is_answered_by_who_keeps_the_desk_or_took_the_case)
{
    Desks two;
    ASSERT_TRUE(two.sofia.runs->propose(lawful_run(), "officer").ok());
    two.carry();
    casework::Officer officer { "account-1 TEST", "Ann TEST", 0 };
    auto& bucharest = *two.bucharest.runs;
    auto const closed = bucharest.answer("BG/2026-0500", true, {}, officer).value();
    ASSERT_TRUE(closed.refused.has_value());
    EXPECT_EQ(closed.refused->provision, "A32(1)");
    EXPECT_FALSE(closed.message.has_value());
    EXPECT_EQ(two.at_bucharest().state, RunState::proposed);
    officer.keeps_desk = true;
    EXPECT_TRUE(bucharest.answer("BG/2026-0500", true, {}, officer).value().message.has_value());
}

TEST(FirstConnection, a_reason_has_words_and_at_most_a_thousand_bytes)
{
    Desks two;
    ASSERT_TRUE(two.sofia.runs->propose(lawful_run(), "officer").ok());
    two.carry();
    auto& bucharest = *two.bucharest.runs;
    auto const refuse = [&](std::string const& reason) {
        return bucharest.answer("BG/2026-0500", false, reason, "officer");
    };
    EXPECT_EQ(refuse(" \n").error().field, "reason");
    EXPECT_EQ(refuse(std::string(1001, 'x')).error().kind, Error::Kind::too_large);
    EXPECT_TRUE(refuse(std::string(1000, 'x')).ok());
}

TEST(FirstConnection, a_draft_is_told_what_it_lacks_and_what_the_law_says)
{
    Desks two;
    auto const& desk = *two.sofia.runs;
    auto draft = lawful_run();
    draft.kind = "person";
    EXPECT_EQ(field_of(desk.try_run(draft)), "kind");
    draft = lawful_run();
    draft.kind = "unidentified-body"; // there is none
    EXPECT_EQ(desk.try_run(draft).value().missing, std::vector<std::string> { "profiles" });
    EXPECT_EQ(field_of(two.sofia.runs->propose(draft, "officer")), "profiles");
    draft = lawful_run();
    draft.file_profiles = -1;
    EXPECT_EQ(field_of(desk.try_run(draft)), "fileProfiles");
    draft.file_profiles = 1'000'000'001;
    EXPECT_EQ(field_of(desk.try_run(draft)), "fileProfiles");
    draft.file_profiles = 1'000'000'000;
    EXPECT_EQ(field_of(desk.try_run(draft)), "no error");
    draft = lawful_run();
    draft.ground = "other";
    EXPECT_EQ(casework::provisions_against(desk.try_run(draft).value().decision),
        std::vector<std::string> { "A20(1)-1" });
    ASSERT_TRUE(two.sofia.runs->propose(lawful_run(), "officer").ok());
    EXPECT_EQ(field_of(two.sofia.runs->propose(lawful_run(), "officer")), "caseNumber");
}

TEST(FirstConnection, chance_is_reckoned_for_the_whole_run_and_grows_with_the_file)
{
    Desks two;
    auto draft = lawful_run();
    draft.file_profiles = 1'000'000;
    auto const one = two.sofia.runs->try_run(draft).value().expectation;
    draft.file_profiles = 10'000'000;
    auto const ten = two.sofia.runs->try_run(draft).value().expectation;
    EXPECT_GT(one.full_expected, 0);
    EXPECT_NEAR(ten.full_expected / one.full_expected, 10, 1e-6);
    EXPECT_NEAR(one.pairs, 1e6 * static_cast<double>(stains), 1);
    // The worst population, every locus by itself.
    auto const& table = knowledge().table;
    double worst = 0;
    for (auto const& population : knowledge().frequencies.populations()) {
        double all = 1;
        for (auto const& typing : stain("BG-S-1", "15").genotype)
            all *= dna::locus_match(population, typing.locus, 0.01).two;
        worst = std::max(worst, all);
    }
    EXPECT_EQ(dna::loci_of(stain("BG-S-1", "15").genotype), table.ess());
    EXPECT_NEAR(one.full_expected / one.pairs / worst, 1, 1e-9);
    EXPECT_GT(one.near_expected, one.full_expected);
}

} // namespace comity::identification
