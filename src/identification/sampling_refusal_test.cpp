#include "identification/trial_sampling_test.h"

namespace comity::identification {
namespace {

using namespace trial;
using message::SamplingStep;
using treaty::Verdict;

template <class T> std::string field_of(Result<T> const& outcome)
{
    return outcome.ok() ? "no error" : outcome.error().field;
}

bool refused_by(treaty::Decision const& decision, std::string const& provision)
{
    return decision.verdict == Verdict::refused
        && std::ranges::count(casework::provisions_against(decision), provision) > 0;
}

/// Nothing leaves, nothing is kept, and the provision stands in the way.
void expect_refused(SamplingDraft const& draft, std::string const& provision)
{
    Clinics two;
    auto const sent = two.of_sofia.send(draft, "officer TEST");
    ASSERT_TRUE(sent.ok()) << sent.error().what;
    EXPECT_FALSE(sent.value().message.has_value());
    EXPECT_TRUE(refused_by(sent.value().decision, provision)) << provision;
    EXPECT_FALSE(two.of_sofia.open_case(ours, "officer TEST").ok());
}

} // namespace

// A20(3)(a)
TEST(SamplingRefusals, an_empty_purpose_is_refused_with_its_field_named)
{
    auto draft = wanted();
    draft.purpose_wanted = " ";
    expect_refused(draft, "A20(3)(a)");
    Clinics two;
    auto const tried = two.of_sofia.try_request(draft).value();
    EXPECT_EQ(tried.missing, std::vector<std::string> { "purposeWanted" });
}

// A20(3)(b)
TEST(SamplingRefusals, without_an_order_or_its_grounds_nothing_leaves)
{
    auto draft = wanted();
    draft.order = "";
    expect_refused(draft, "A20(3)(b)");
    draft = wanted();
    draft.statement = "";
    expect_refused(draft, "A20(3)(b)");
}

// A20(3)(b): an order that is only told of is not attached.
TEST(SamplingRefusals, an_order_without_its_document_is_none_and_the_files_are_named)
{
    for (auto const& files : { std::optional<std::vector<casework::FileNumber>> {},
             std::optional { std::vector<casework::FileNumber> {} } }) {
        auto draft = wanted();
        draft.files = files;
        expect_refused(draft, "A20(3)(b)");
        Clinics two;
        EXPECT_EQ(
            two.of_sofia.try_request(draft).value().missing, std::vector<std::string> { "files" });
    }
}

TEST(SamplingRefusals, a_document_that_is_not_here_or_not_his_or_not_whole_holds_it_back)
{
    Clinics two;
    auto draft = wanted();
    draft.files = { 99 };
    EXPECT_EQ(field_of(two.of_sofia.send(draft, "officer TEST")), "files[0]");
    draft.files = { 1 };
    EXPECT_EQ(field_of(two.of_sofia.send(draft, somebody("other"))), "files[0]");
    auto const begun
        = two.sofia.casework->files().begin({ "half TEST.pdf", 9 }, "officer TEST").value();
    draft.files = { 1, begun.number };
    EXPECT_EQ(field_of(two.of_sofia.send(draft, "officer TEST")), "files[1]");
    EXPECT_FALSE(two.of_sofia.open_case(ours, "officer TEST").ok());
}

// A20(3)(b), as its receiver judges it: an older node sends no document.
TEST(SamplingRefusals, a_request_that_came_without_its_document_cannot_be_permitted)
{
    Clinics two;
    auto draft = wanted();
    auto request = request_of(draft, {});
    request.attachments.reset();
    auto const text = json::to_text(request);
    auto const sealed = two.sofia.exchange->seal({ .type = message::Type::dna_sampling_request,
        .to = "RO",
        .case_reference = { std::string { ours }, {} },
        .legal_basis = { "PCC SEE", { "A20(3)-1" }, law().version() },
        .verdict = "permitted",
        .purpose = "investigation",
        .retention = message::Retention { parse_date("2027-04-17").value(), "A31(4)(b)-1" },
        .due_at = start + std::chrono::days { 30 },
        .parts = { { "dna-sampling-request", "dna-sampling-request/1", to_bytes(text) } } });
    ASSERT_TRUE(sealed.ok()) << sealed.error().what;
    ASSERT_TRUE(two.sofia.store
            ->write([&](Transaction& t) { return two.sofia.exchange->submit(t, sealed.value()); })
            .ok());
    two.carry();
    auto const taken = two.of_bucharest.take_step(theirs, permits(), "officer TEST");
    ASSERT_TRUE(taken.ok()) << taken.error().what;
    EXPECT_TRUE(refused_by(taken.value().decision, "A20(3)(b)"));
    EXPECT_FALSE(taken.value().message.has_value());
    EXPECT_TRUE(two.of_bucharest.take_step(theirs, refuses(), "officer TEST").value().message);
}

// A20(3)(d)
TEST(SamplingRefusals, who_does_not_bear_the_costs_gets_no_sample)
{
    auto draft = wanted();
    draft.costs_accepted = false;
    expect_refused(draft, "A20(3)(d)");
}

// A20(3)-1
TEST(SamplingRefusals, a_person_who_stays_elsewhere_or_has_a_profile_already_is_not_sampled)
{
    auto draft = wanted();
    draft.whereabouts = json::Object { { "name", "Wien TEST" }, { "state", "AT" } };
    expect_refused(draft, "A20(3)-1");
    draft = wanted();
    draft.facts = json::Object { { "profile-available", true } };
    expect_refused(draft, "A20(3)-1");
}

TEST(SamplingRefusals, what_is_not_told_holds_the_request_back_and_is_named)
{
    Clinics two;
    auto const lacks = [&](auto change) {
        auto draft = wanted();
        change(draft);
        auto const tried = two.of_sofia.try_request(draft).value();
        EXPECT_FALSE(may_leave(tried.decision) && tried.missing.empty());
        return tried.missing.empty() ? std::string {} : tried.missing.front();
    };
    EXPECT_EQ(lacks([](auto& it) { it.purpose_wanted.reset(); }), "purposeWanted");
    EXPECT_EQ(lacks([](auto& it) { it.order.reset(); }), "order");
    EXPECT_EQ(lacks([](auto& it) { it.statement.reset(); }), "statement");
    EXPECT_EQ(lacks([](auto& it) { it.costs_accepted.reset(); }), "costsAccepted");
    EXPECT_EQ(lacks([](auto& it) { it.person.reset(); }), "person");
    EXPECT_EQ(lacks([](auto& it) { it.whereabouts.reset(); }), "whereabouts");
    EXPECT_EQ(lacks([](auto& it) { it.whereabouts->erase("state"); }), "whereabouts.state");
    EXPECT_EQ(lacks([](auto& it) { it.case_number.reset(); }), "caseNumber");
    EXPECT_EQ(lacks([](auto& it) { it.erase_by.reset(); }), "eraseBy");
    EXPECT_EQ(lacks([](auto& it) { it.purpose.reset(); }), "purpose");
    lacks([](auto& it) { it.facts.reset(); }); // whether there is a profile already
}

TEST(SamplingRefusals, words_of_no_list_and_facts_of_somebody_else_name_their_field)
{
    Clinics two;
    auto const field = [&](auto change) {
        auto draft = wanted();
        change(draft);
        return field_of(two.of_sofia.try_request(draft));
    };
    EXPECT_EQ(field([](auto& it) { it.to = "XX"; }), "to");
    EXPECT_EQ(field([](auto& it) { it.to = "BG"; }), "to");
    EXPECT_EQ(field([](auto& it) { it.purpose = "curiosity"; }), "purpose");
    EXPECT_EQ(field([](auto& it) { it.urgency = "soon"; }), "urgency");
    EXPECT_EQ(field([](auto& it) { (*it.person)["kind"] = "unlawful"; }), "person.kind");
    EXPECT_EQ(field([](auto& it) { it.facts = json::Object { { "sampling-lawful", true } }; }),
        "facts.sampling-lawful");
    EXPECT_EQ(field([](auto& it) { it.purpose_wanted = std::string(5000, 'x'); }), "purposeWanted");
}

TEST(SamplingRefusals, a_number_in_use_is_a_conflict)
{
    Clinics two;
    two.asked();
    auto draft = wanted();
    draft.files = { Clinics::bring_order(two.sofia) };
    auto const again = two.of_sofia.send(draft, "officer TEST");
    ASSERT_FALSE(again.ok());
    EXPECT_EQ(again.error().kind, Error::Kind::conflict);
    EXPECT_EQ(again.error().field, "caseNumber");
}

// A20(3)(c)
TEST(SamplingRefusals, without_the_conditions_of_its_own_law_confirmed_it_is_not_permitted)
{
    Clinics two;
    two.asked();
    auto step = permits();
    step.facts.reset();
    auto taken = two.of_bucharest.take_step(theirs, step, "officer TEST").value();
    EXPECT_EQ(taken.decision.verdict, Verdict::incomplete);
    EXPECT_FALSE(taken.message.has_value());
    step.facts = json::Object { { "sampling-lawful", false } };
    taken = two.of_bucharest.take_step(theirs, step, "officer TEST").value();
    EXPECT_TRUE(refused_by(taken.decision, "A20(3)(c)"));
    EXPECT_FALSE(taken.message.has_value());
    two.carry();
    EXPECT_EQ(two.status(two.of_sofia, ours), SamplingStatus::not_permitted);
    EXPECT_EQ(two.status(two.of_bucharest, theirs), SamplingStatus::not_permitted);
}

TEST(SamplingRefusals, who_confirmed_them_and_what_is_missing_is_named)
{
    Clinics two;
    two.asked();
    auto step = permits();
    step.conditions_met = " ";
    EXPECT_EQ(field_of(two.of_bucharest.take_step(theirs, step, "officer TEST")), "conditionsMet");
    step.facts = json::Object { { "costs-undertaken", true } };
    EXPECT_EQ(field_of(two.of_bucharest.take_step(theirs, step, "officer TEST")),
        "facts.costs-undertaken");
}

TEST(SamplingRefusals, a_refusal_needs_one_of_the_grounds_of_article_30_and_its_reasons)
{
    Clinics two;
    two.asked();
    auto step = refuses();
    step.reason.reset();
    EXPECT_EQ(two.of_bucharest.try_step(theirs, step, "officer TEST").value().missing,
        std::vector<std::string> { "reason" });
    EXPECT_FALSE(two.of_bucharest.take_step(theirs, step, "officer TEST").value().message);
    step = refuses();
    step.ground.reset();
    EXPECT_EQ(two.of_bucharest.try_step(theirs, step, "officer TEST").value().missing,
        std::vector<std::string> { "ground" });
    step.ground = "other";
    EXPECT_TRUE(refused_by(
        two.of_bucharest.take_step(theirs, step, "officer TEST").value().decision, "A30(1)-1"));
    step.ground = "mood";
    EXPECT_EQ(field_of(two.of_bucharest.take_step(theirs, step, "officer TEST")), "ground");
}

TEST(SamplingRefusals, nothing_is_typed_before_it_was_permitted_and_nothing_twice)
{
    Clinics two;
    two.asked();
    auto const step = [&](SamplingStepDraft const& draft) {
        auto const taken = two.of_bucharest.take_step(theirs, draft, "officer TEST");
        return taken.ok() ? std::string { "taken" } : taken.error().field;
    };
    EXPECT_EQ(step(types()), "step");
    EXPECT_EQ(step(permits()), "taken");
    EXPECT_EQ(step(permits()), "step");
    EXPECT_EQ(step(types()), "taken");
    for (auto const& each : { permits(), refuses(), types() }) EXPECT_EQ(step(each), "step");
    EXPECT_EQ(two.of_sofia.take_step(ours, permits(), "officer TEST").error().kind,
        Error::Kind::conflict);
    EXPECT_EQ(two.of_sofia.take_step("none", permits(), "officer TEST").error().kind,
        Error::Kind::not_found);
}

TEST(SamplingRefusals, a_profile_that_may_not_be_exchanged_or_is_no_persons_does_not_leave)
{
    Clinics two;
    two.asked_and_permitted();
    auto const field = [&](auto change) {
        auto draft = types();
        change(draft);
        return field_of(two.of_bucharest.take_step(theirs, draft, "officer TEST"));
    };
    EXPECT_EQ(field([](auto& it) { it.profile.reset(); }), "profile");
    EXPECT_EQ(
        field([](auto& it) { it.profile->kind = message::ProfileKind::stain; }), "profile.kind");
    EXPECT_EQ(field([](auto& it) { it.profile->loci.resize(3); }), "profile");
    EXPECT_EQ(
        field([](auto& it) { it.profile->loci[0].allele_1 = "blue"; }), "profile.loci[0].allele1");
    EXPECT_EQ(field([](auto& it) { it.profile->profile_number = "Ivan Petrov"; }),
        "profile.profileNumber");
    EXPECT_EQ(field([](auto& it) { it.sampled_on.reset(); }), "sampledOn");
    EXPECT_EQ(field([](auto& it) { *it.sampled_on += std::chrono::days { 1 }; }), "sampledOn");
    EXPECT_EQ(field([](auto& it) { it.costs->currency = "euro"; }), "costs.currency");
    EXPECT_EQ(field([](auto& it) { it.costs->amount_minor = -1; }), "costs.amountMinor");
    EXPECT_EQ(
        field([](auto& it) { it.costs->amount_minor = 1'000'000'000'001; }), "costs.amountMinor");
    EXPECT_EQ(field([](auto& it) { it.costs->amount_minor = 1'000'000'000'000; }), "no error");
}

TEST(SamplingRefusals, nobody_compares_a_profile_that_has_not_come_or_is_of_another)
{
    Clinics two;
    EXPECT_EQ(two.of_sofia.compare(ours, "officer TEST").error().kind, Error::Kind::not_found);
    two.asked_and_permitted();
    EXPECT_EQ(two.of_sofia.compare(ours, "officer TEST").error().kind, Error::Kind::conflict);
    ASSERT_TRUE(two.of_bucharest.take_step(theirs, types(), "officer TEST").value().message);
    two.carry();
    EXPECT_EQ(two.of_bucharest.compare(theirs, "officer TEST").error().kind, Error::Kind::conflict);
    EXPECT_EQ(
        two.of_sofia.compare(ours, somebody("other")).error().kind, Error::Kind::not_permitted);
    EXPECT_TRUE(two.of_sofia.compare(ours, "officer TEST").ok());
}

TEST(SamplingRefusals, an_answer_to_nothing_or_out_of_turn_is_rejected_and_changes_nothing)
{
    Clinics two;
    two.asked();
    message::DnaSamplingAnswer const typed { std::string { ours }, SamplingStep::typed, {}, {},
        message_of(person("RO-P-950", "15"), knowledge().table) };
    auto const send = [&](std::string const& number) {
        auto const text = json::to_text(typed);
        auto const sealed
            = two.bucharest.exchange->seal({ .type = message::Type::dna_sampling_answer,
                .to = "BG",
                .case_reference = { std::string { theirs }, number },
                .legal_basis = { "PCC SEE", { "A20(3)-1" }, law().version() },
                .verdict = "permitted",
                .purpose = "investigation",
                .retention = message::Retention { parse_date("2027-04-17").value(), "A31(4)(b)-1" },
                .parts = { { "dna-sampling-answer", "dna-sampling-answer/1", to_bytes(text) } } });
        ASSERT_TRUE(sealed.ok()) << sealed.error().what;
        ASSERT_TRUE(two.bucharest.store
                ->write([&](Transaction& t) {
                    return two.bucharest.exchange->submit(t, sealed.value());
                })
                .ok());
        two.carry();
    };
    send(std::string { ours });
    send("2026-0000");
    EXPECT_EQ(two.status(two.of_sofia, ours), SamplingStatus::not_permitted);
    EXPECT_TRUE(two.of_sofia.open_case(ours, "officer TEST").value().answers.empty());
}

} // namespace comity::identification
