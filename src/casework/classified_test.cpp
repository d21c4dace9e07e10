#include "casework/casework_store.h"
#include "casework/trial_casework_test.h"

/// Article 32 at the desk: classified by exception, as low as possible, and shown to who is
/// cleared.
namespace comity::casework::trial {
namespace {

exchange::ChannelFinding any_wire(std::string_view, std::string_view, unsigned, Instant)
{
    return { message::Channel::wire, "A32(7)", "Both accept the wire." };
}

RequestDraft classified(std::uint8_t level)
{
    auto out = lawful();
    out.classification = Classifying { level, "an informant TEST is named", true };
    return out;
}

Officer cleared(std::uint8_t level)
{
    Officer out { "TEST" };
    out.clearance = level;
    return out;
}

/// Both Parties accept the wire up to level 2.
struct Wired : Pair {
    Wired()
    {
        for (auto* node : both) node->exchange->set_channels(any_wire);
        add_vehicle(bucharest, "B 123 ABC");
    }
};

bool lacks(Outcome const& outcome, std::string_view path)
{
    return std::ranges::find(outcome.missing, path) != outcome.missing.end();
}

} // namespace

TEST(Classified, a_request_asks_why_and_whether_a_lower_level_would_do)
{
    Pair pair;
    auto draft = classified(2);
    draft.classification->reason.reset();
    auto const silent = pair.sofia.casework->try_draft(draft, cleared(4)).value();
    EXPECT_EQ(silent.decision.verdict, treaty::Verdict::incomplete);
    EXPECT_TRUE(lacks(silent, "classification.reason"));
    auto const against = provisions_against(silent.decision);
    EXPECT_NE(std::ranges::find(against, "A32(3)"), against.end());
    draft = classified(2);
    draft.classification->lowest_possible = false;
    EXPECT_TRUE(lacks(pair.sofia.casework->try_draft(draft, cleared(4)).value(),
        "classification.lowestPossible"));
    EXPECT_EQ(pair.sofia.casework->send(draft, cleared(4)).error().field,
        "classification.lowestPossible");
    draft.classification->level = 0;
    EXPECT_TRUE(pair.sofia.casework->try_draft(draft, cleared(4)).value().missing.empty())
        << "nothing is asked of what is not classified";
}

TEST(Classified, a_level_over_the_table_and_a_reason_over_its_limit_are_named)
{
    Pair pair;
    auto const field = [&](RequestDraft const& draft) {
        auto const out = pair.sofia.casework->try_draft(draft, cleared(4));
        return out.ok() ? std::string {} : out.error().field;
    };
    EXPECT_EQ(field(classified(5)), "classification.level");
    EXPECT_EQ(field(classified(4)), "");
    auto draft = classified(2);
    draft.classification->reason = std::string(classification_reason_bytes_max, 'x');
    EXPECT_EQ(field(draft), "");
    draft.classification->reason->push_back('x');
    EXPECT_EQ(field(draft), "classification.reason");
    draft = classified(1);
    draft.direct_ground = "border-region-crime";
    EXPECT_EQ(field(draft), "classification");
}

TEST(Classified, a_request_goes_marked_in_the_words_of_its_sender_and_by_courier)
{
    Pair pair;
    for (auto* node : pair.both) node->exchange->set_channels(any_wire);
    auto const outcome = pair.sofia.casework->send(classified(3), cleared(3));
    ASSERT_TRUE(outcome.ok()) << outcome.error().what;
    ASSERT_TRUE(outcome.value().message);
    auto const stored = pair.sofia.store
                            ->read([&](Transaction& t) {
                                return exchange::message_by_id(t, *outcome.value().message);
                            })
                            .value();
    EXPECT_EQ(stored.channel, message::Channel::courier);
    auto const manifest
        = json::read_text<message::Manifest>(as_text(stored.manifest), json::Unknown::keep).value();
    EXPECT_EQ(manifest.classification.level, 3);
    EXPECT_EQ(manifest.classification.marking,
        law().marking(treaty::PartyCode::of("BG"), 3, parse_date("2026-04-17").value())->text);
}

TEST(Classified, a_level_without_a_security_agreement_is_refused_by_the_reservation)
{
    Pair pair;
    auto const outcome = pair.sofia.casework->try_draft(classified(4), cleared(4)).value();
    EXPECT_NE(outcome.decision.verdict, treaty::Verdict::permitted);
    auto const against = provisions_against(outcome.decision);
    EXPECT_NE(std::ranges::find(against, "RES-BG(1)"), against.end());
}

TEST(Classified, what_came_opens_to_who_is_cleared_and_the_node_answers_nothing_by_itself)
{
    Wired pair;
    auto const id = pair.sofia.casework->send(classified(2), cleared(2)).value().message.value();
    carry(pair.both);
    auto& there = pair.bucharest;
    EXPECT_EQ(there.row("BG/2026-0417").state, CaseState::received);
    auto const reads = [&](std::uint8_t level) {
        return there.casework->open_case("BG/2026-0417", cleared(level)).value();
    };
    auto const kept
        = there.store->read([&](Transaction& t) { return find_content(t, id); }).value();
    ASSERT_TRUE(kept.has_value());
    EXPECT_EQ(kept->level, 2);
    EXPECT_EQ(reads(1).closed.size(), 1U) << "below";
    EXPECT_EQ(reads(2).closed.size(), 0U) << "at";
    EXPECT_EQ(reads(4).closed.size(), 0U) << "above";
}

TEST(Classified, an_answer_is_as_classified_as_the_request_unless_its_officer_says_otherwise)
{
    Wired pair;
    ASSERT_TRUE(pair.sofia.casework->send(classified(2), cleared(2)).value().message);
    carry(pair.both);
    auto& there = pair.bucharest;
    StepDraft draft { "answer", json::Object { { "result", "no-hit" } } };
    auto const level = [&] {
        auto const out = there.casework->try_step("BG/2026-0417", draft, cleared(2));
        EXPECT_TRUE(out.ok()) << out.error().field << ": " << out.error().what;
        return out.value().letters.at(0).outgoing.classification.level;
    };
    EXPECT_EQ(level(), 2);
    draft.classification = Classifying { 1, "only the plate TEST", true };
    EXPECT_EQ(level(), 1);
    draft.classification = Classifying {};
    EXPECT_EQ(level(), 0);
    draft.classification = Classifying { 1, {}, {} };
    auto const bare = there.casework->try_step("BG/2026-0417", draft, cleared(2)).value();
    EXPECT_EQ(bare.missing.size(), 2U);
    EXPECT_FALSE(bare.permitted());
    draft.classification.reset();
    ASSERT_FALSE(
        there.casework->take_step("BG/2026-0417", draft, cleared(2)).value().messages.empty());
    carry(pair.both);
    auto const answer = pair.sofia.casework->open_case("2026-0417", cleared(2)).value();
    EXPECT_EQ(pair.sofia.row("2026-0417").state, CaseState::answered);
}

TEST(Classified, nobody_sends_above_his_own_clearance)
{
    Wired pair;
    auto const judged = [&](std::uint8_t clearance) {
        return pair.sofia.casework->try_draft(classified(2), cleared(clearance)).value();
    };
    EXPECT_EQ(judged(3).decision.verdict, treaty::Verdict::permitted) << "above";
    EXPECT_EQ(judged(2).decision.verdict, treaty::Verdict::permitted) << "at";
    auto const below = judged(1);
    EXPECT_EQ(below.decision.verdict, treaty::Verdict::refused);
    auto const against = provisions_against(below.decision);
    EXPECT_EQ(std::ranges::count(against, "A32(5)"), 1);
    auto const sent = pair.sofia.casework->send(classified(2), cleared(1)).value();
    EXPECT_FALSE(sent.message);
    EXPECT_EQ(pair.sofia.verified_entries(), 0);
}

TEST(Classified, an_answer_above_the_clearance_of_its_officer_is_refused)
{
    Wired pair;
    auto draft = lawful();
    draft.plate.reset();
    draft.kind = "residence";
    draft.need_ground.reset();
    draft.query = json::parse(R"({"person":{"identities":[{"kind":"lawful","familyName":)"
                              R"("Попов TEST","nationalities":["BG"]}],"documents":[]}})")
                      .value()
                      .as_object();
    draft.facts = json::Object { { "judicial-reserved", false } };
    ASSERT_TRUE(pair.sofia.casework->send(draft, "TEST").value().message);
    carry(pair.both);
    StepDraft answer { "answer", json::Object { { "result", "no-hit" } },
        json::Object { { "judicial-reserved", false }, { "pending-permit-listed", false } } };
    answer.classification = Classifying { 2, "an informant TEST is named", true };
    auto& there = *pair.bucharest.casework;
    auto const low = there.take_step("BG/2026-0417", answer, cleared(1)).value();
    EXPECT_TRUE(low.messages.empty());
    EXPECT_TRUE(
        std::ranges::count(provisions_against(low.composed.judged.front().decision), "A32(5)"));
    EXPECT_FALSE(there.try_step("BG/2026-0417", answer, cleared(1)).value().permitted());
    ASSERT_FALSE(there.take_step("BG/2026-0417", answer, cleared(2)).value().messages.empty());
    carry(pair.both);
    auto const shown = pair.sofia.casework->open_case("2026-0417", cleared(2)).value();
    EXPECT_EQ(shown.level, 2) << "of its highest message";
    EXPECT_EQ(shown.contents.back().level, 2);
    EXPECT_EQ(pair.sofia.casework->open_case("2026-0417", cleared(1)).value().level, 2)
        << "also to who may not read it";
}

TEST(Classified, information_without_a_request_has_a_level_of_its_own)
{
    Wired pair;
    NoticeDraft draft { "spontaneous-information", "RO", "prevention", "smuggling TEST", "N-1" };
    draft.erase_by = parse_date("2027-04-17").value();
    auto content
        = json::parse(as_text(read_file("tests/messages/spontaneous-information.json").value()))
              .value();
    without_files(content);
    content.as_object().erase("purpose");
    draft.content = content.as_object();
    draft.facts = json::Object { { "need-assumed", true } };
    draft.classification = Classifying { 2, {}, {} };
    auto& here = *pair.sofia.casework;
    auto const bare = here.try_notice(draft, cleared(2)).value();
    EXPECT_EQ(bare.missing.size(), 2U) << "why, and whether a lower level would do";
    draft.classification = Classifying { 5, "TEST", true };
    EXPECT_EQ(here.try_notice(draft, cleared(4)).error().field, "classification.level");
    draft.classification = Classifying { 2, "an informant TEST is named", true };
    auto const low = here.send_notice(draft, cleared(1)).value();
    EXPECT_TRUE(low.messages.empty());
    EXPECT_TRUE(
        std::ranges::count(provisions_against(low.composed.judged.front().decision), "A32(5)"));
    auto const sent = here.send_notice(draft, cleared(2));
    ASSERT_TRUE(sent.ok()) << sent.error().field << ": " << sent.error().what;
    ASSERT_FALSE(sent.value().messages.empty());
    carry(pair.both);
    EXPECT_EQ(pair.bucharest.casework->open_case("BG/N-1", cleared(1)).value().closed.size(), 1U);
    auto const shown = pair.bucharest.casework->open_case("BG/N-1", cleared(2)).value();
    EXPECT_TRUE(shown.closed.empty());
    EXPECT_EQ(shown.level, 2);
}

} // namespace comity::casework::trial
