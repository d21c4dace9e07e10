#include "identification/trial_sampling_test.h"

namespace comity::identification {
namespace {

using namespace trial;
using casework::CaseState;
using message::SamplingStep;
using treaty::Verdict;

/// Sofia wants two officers for what it sends.
struct GuardedClinics : Clinics {
    casework::Officer first = somebody("first"), second = somebody("second");
    Sampling guarded { rooms_of(sofia), guarded_settings(), [this] { return sofia.now; },
        crypto::system_random() };
    SamplingDraft draft = wanted();

    GuardedClinics() { draft.files = { bring_order(sofia, first) }; }
    Settings guarded_settings() const
    {
        auto out = settings_of(sofia);
        out.four_eyes.send = true;
        return out;
    }
    void name_second()
    {
        auto const named = sofia.casework->add_to_case(
            ours, { second.account, second.name }, "", "officer TEST");
        EXPECT_TRUE(named.ok() && !named.value());
    }
};

} // namespace

// A20(3)-1, (a), (b), (c), (d)
TEST(Sampling, a_sample_is_asked_permitted_taken_and_its_profile_compared_at_home)
{
    Clinics two;
    auto const stain_at_home = stain("BG-S-100", "15");
    ASSERT_TRUE(two.sofia.identification
            ->add({ &stain_at_home, 1 }, parse_date("2030-01-01").value(), "analyst TEST")
            .ok());
    auto const sent = two.of_sofia.send(wanted(), "officer TEST");
    ASSERT_TRUE(sent.ok()) << sent.error().what;
    ASSERT_TRUE(sent.value().message.has_value());
    two.carry();
    EXPECT_EQ(two.status(two.of_sofia, ours), SamplingStatus::not_permitted);
    EXPECT_EQ(two.status(two.of_bucharest, theirs), SamplingStatus::not_permitted);
    auto const seen = two.of_bucharest.open_case(theirs, "officer TEST").value();
    ASSERT_TRUE(seen.request.has_value());
    EXPECT_EQ(seen.request->purpose_wanted, "to compare with a stain TEST");
    EXPECT_EQ(seen.request->order, "Order 17/2026 of the court TEST");

    auto const permitted = two.of_bucharest.take_step(theirs, permits(), "officer TEST");
    ASSERT_TRUE(permitted.ok()) << permitted.error().what;
    EXPECT_TRUE(permitted.value().message.has_value());
    two.carry();
    EXPECT_EQ(two.status(two.of_sofia, ours), SamplingStatus::permitted);
    EXPECT_EQ(two.status(two.of_bucharest, theirs), SamplingStatus::permitted);

    auto const typed = two.of_bucharest.take_step(theirs, types(), "officer TEST");
    ASSERT_TRUE(typed.ok()) << typed.error().what;
    two.carry();
    EXPECT_EQ(two.status(two.of_sofia, ours), SamplingStatus::typed);
    EXPECT_EQ(two.status(two.of_bucharest, theirs), SamplingStatus::typed);
    auto const came = two.of_sofia.open_case(ours, "officer TEST").value();
    ASSERT_EQ(came.answers.size(), 2U);
    auto const& last = came.answers[1].answer;
    EXPECT_EQ(last.profile->profile_number, "RO-P-950");
    EXPECT_EQ(last.costs->amount_minor, 34'000);
    EXPECT_EQ(last.costs->currency, "EUR");

    auto const compared = two.of_sofia.compare(ours, "officer TEST");
    ASSERT_TRUE(compared.ok()) << compared.error().what;
    ASSERT_EQ(compared.value().matches.size(), 1U);
    EXPECT_EQ(compared.value().matches[0].found_number, "BG-S-100");
    EXPECT_EQ(compared.value().matches_found, 1);
}

// A20(3)(b)
TEST(Sampling, the_order_itself_is_opened_by_the_officer_who_decides_and_left_the_desk_that_sent_it)
{
    Clinics two;
    two.asked();
    auto const shown = two.bucharest.casework->open_case(theirs, "officer TEST").value();
    ASSERT_EQ(shown.files.size(), 1U);
    EXPECT_EQ(shown.files[0].name, "order TEST.pdf");
    casework::FilePlace const place { std::string { theirs }, shown.files[0].message_id,
        shown.files[0].n };
    auto const opened = two.bucharest.casework->open_file(place, "officer TEST").value();
    ASSERT_TRUE(opened.it.has_value());
    EXPECT_EQ(opened.it->found_type, "application/pdf");
    auto const piece = two.bucharest.casework->file_piece(place, 1, "officer TEST").value();
    EXPECT_EQ(as_text(piece.it.value()), "%PDF-1.7 Order 17/2026 TEST");
    EXPECT_EQ(
        two.sofia.casework->files().find(1, "officer TEST").error().kind, Error::Kind::not_found);
}

TEST(Sampling, where_two_officers_are_set_the_request_waits_with_its_order_for_the_second)
{
    GuardedClinics two;
    auto const proposed = two.guarded.send(two.draft, two.first);
    ASSERT_TRUE(proposed.ok()) << proposed.error().what;
    EXPECT_EQ(proposed.value().proposal, 1);
    EXPECT_FALSE(proposed.value().message.has_value());
    two.carry();
    EXPECT_FALSE(two.of_bucharest.open_case(theirs, "officer TEST").ok());
    EXPECT_EQ(two.sofia.row(ours).state, CaseState::proposed);
    auto const order = two.draft.files->front();
    EXPECT_FALSE(two.sofia.casework->files().find(order, two.second).ok());
    two.name_second();
    EXPECT_TRUE(two.sofia.casework->files().find(order, two.second).ok());
    EXPECT_TRUE(two.sofia.casework->confirm(ours, 1, two.first).value().refused.has_value());
    auto const confirmed = two.sofia.casework->confirm(ours, 1, two.second);
    ASSERT_TRUE(confirmed.ok()) << confirmed.error().what;
    EXPECT_EQ(confirmed.value().taken.messages.size(), 1U);
    two.carry();
    EXPECT_EQ(two.sofia.row(ours).state, CaseState::waiting);
    auto const came = two.bucharest.casework->open_case(theirs, "officer TEST").value();
    EXPECT_EQ(came.files.size(), 1U);
    EXPECT_FALSE(two.sofia.casework->files().find(order, two.first).ok());
    EXPECT_EQ(std::ranges::count(two.sofia.acts(ours), "proposal-confirmed"), 1);
}

TEST(Sampling, what_the_second_officer_sent_back_is_proposed_anew_under_its_number)
{
    GuardedClinics two;
    ASSERT_TRUE(two.guarded.send(two.draft, two.first).value().proposal);
    auto const again = two.guarded.send(two.draft, two.first);
    ASSERT_FALSE(again.ok());
    EXPECT_EQ(again.error().field, "caseNumber");
    two.name_second();
    ASSERT_TRUE(two.sofia.casework->send_back(ours, 1, "The day is wrong TEST", two.second).ok());
    EXPECT_EQ(two.sofia.row(ours).state, CaseState::sent_back);
    EXPECT_EQ(two.guarded.send(two.draft, two.first).value().proposal, 2);
    EXPECT_EQ(two.sofia.casework->confirm(ours, 2, two.second).value().taken.messages.size(), 1U);
}

TEST(Sampling, both_timelines_hold_each_step_and_the_register_each_message)
{
    Clinics two;
    two.asked_and_permitted();
    ASSERT_TRUE(two.of_bucharest.take_step(theirs, types(), "officer TEST").ok());
    two.carry();
    std::vector<std::string> const steps { "dna-sampling-asked", "dna-sampling-permitted",
        "dna-sampling-typed" };
    for (auto const& acts : { two.sofia.acts(ours), two.bucharest.acts(theirs) })
        for (auto const& step : steps) EXPECT_EQ(std::ranges::count(acts, step), 1) << step;
    for (auto const* each : { &two.sofia, &two.bucharest }) {
        auto const entries = each->store->read(
            [&](Transaction& t) { return ledger::verify(t, each->ledger->verifier()); });
        EXPECT_GE(entries.value(), 3U);
    }
}

// A20(3)(d)
TEST(Sampling, costs_are_told_to_a_ledger_of_claims_on_both_sides_in_the_same_commit)
{
    Clinics two;
    std::vector<SamplingCosts> owed, claimed;
    two.of_sofia.on_costs([&](auto&, SamplingCosts const& costs) -> Result<void> {
        owed.push_back(costs);
        return {};
    });
    two.of_bucharest.on_costs([&](auto&, SamplingCosts const& costs) -> Result<void> {
        claimed.push_back(costs);
        return {};
    });
    two.asked_and_permitted();
    EXPECT_TRUE(owed.empty());
    ASSERT_TRUE(two.of_bucharest.take_step(theirs, types(), "officer TEST").ok());
    two.carry();
    ASSERT_EQ(owed.size(), 1U);
    ASSERT_EQ(claimed.size(), 1U);
    EXPECT_EQ(owed[0].number, ours);
    EXPECT_EQ(claimed[0].number, theirs);
    EXPECT_EQ(owed[0].requested, "RO");
    EXPECT_EQ(owed[0].costs.amount_minor, 34'000);
    EXPECT_EQ(owed[0].message, claimed[0].message);
}

TEST(Sampling, a_ledger_that_cannot_record_the_costs_keeps_the_profile_here)
{
    Clinics two;
    two.asked_and_permitted();
    two.of_bucharest.on_costs([](auto&, auto const&) -> Result<void> {
        return Error { Error::Kind::conflict, "the ledger is closed TEST", "costs" };
    });
    EXPECT_FALSE(two.of_bucharest.take_step(theirs, types(), "officer TEST").ok());
    EXPECT_EQ(two.status(two.of_bucharest, theirs), SamplingStatus::permitted);
    two.carry();
    EXPECT_EQ(two.status(two.of_sofia, ours), SamplingStatus::permitted);
}

TEST(Sampling, a_profile_without_costs_tells_no_ledger)
{
    Clinics two;
    std::size_t told = 0;
    two.of_sofia.on_costs([&](auto&, auto const&) -> Result<void> {
        ++told;
        return {};
    });
    two.asked_and_permitted();
    auto free = types();
    free.costs.reset();
    ASSERT_TRUE(two.of_bucharest.take_step(theirs, free, "officer TEST").value().message);
    two.carry();
    EXPECT_EQ(told, 0U);
    EXPECT_EQ(two.status(two.of_sofia, ours), SamplingStatus::typed);
}

TEST(Sampling, a_refusal_says_its_ground_and_its_reasons_and_ends_it_on_both_sides)
{
    Clinics two;
    two.asked();
    auto const refused = two.of_bucharest.take_step(theirs, refuses(), "officer TEST");
    ASSERT_TRUE(refused.ok()) << refused.error().what;
    ASSERT_TRUE(refused.value().message.has_value());
    two.carry();
    EXPECT_EQ(two.status(two.of_sofia, ours), SamplingStatus::refused);
    EXPECT_EQ(two.sofia.row(ours).state, CaseState::refused);
    auto const seen = two.of_sofia.open_case(ours, "officer TEST").value();
    EXPECT_EQ(seen.answers.at(0).answer.reason, "The court did not give its order TEST.");
    auto const events
        = two.sofia.store->read([&](Transaction& t) { return casework::events_of(t, ours); })
              .value();
    EXPECT_EQ(std::ranges::count(events.back().provisions, "A20(3)(c)"), 1);
}

TEST(Sampling, a_permitted_sample_may_still_be_refused)
{
    Clinics two;
    two.asked_and_permitted();
    ASSERT_TRUE(two.of_bucharest.take_step(theirs, refuses(), "officer TEST").value().message);
    two.carry();
    EXPECT_EQ(two.status(two.of_sofia, ours), SamplingStatus::refused);
}

TEST(Sampling, a_step_is_tried_without_effect)
{
    Clinics two;
    two.asked();
    auto const tried = two.of_bucharest.try_step(theirs, permits(), "officer TEST").value();
    EXPECT_EQ(tried.decision.verdict, Verdict::permitted);
    EXPECT_FALSE(tried.message.has_value());
    EXPECT_EQ(two.status(two.of_bucharest, theirs), SamplingStatus::not_permitted);
}

TEST(Sampling, who_is_not_on_the_list_of_the_case_reads_and_does_nothing)
{
    Clinics two;
    two.asked();
    auto first = somebody("first");
    first.keeps_desk = true;
    ASSERT_FALSE(two.bucharest.casework->take_case(theirs, first).value().has_value());
    auto const other = somebody("other");
    EXPECT_FALSE(two.of_bucharest.open_case(theirs, other).value().request.has_value());
    for (auto const& step : { permits(), refuses() }) {
        auto const taken = two.of_bucharest.take_step(theirs, step, other);
        ASSERT_FALSE(taken.ok());
        EXPECT_EQ(taken.error().kind, Error::Kind::not_permitted);
    }
    EXPECT_EQ(two.status(two.of_bucharest, theirs), SamplingStatus::not_permitted);
}

TEST(Sampling, what_was_asked_is_destroyed_on_its_day_and_no_step_reads_it_any_more)
{
    Clinics two;
    two.asked();
    two.bucharest.now += std::chrono::days { 400 };
    ASSERT_TRUE(two.bucharest.casework->destroy_due().ok());
    EXPECT_FALSE(two.of_bucharest.open_case(theirs, "officer TEST").value().request.has_value());
    EXPECT_FALSE(two.of_bucharest.take_step(theirs, permits(), "officer TEST").ok());
}

} // namespace comity::identification
