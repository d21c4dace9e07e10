#include "casework/trial_casework_test.h"

/// What a State lets others do with what it sends, and how far it trusts it: chosen by its officer,
/// signed in the manifest, kept in both vaults, and binding at the other end.
namespace comity::casework {
namespace {

using namespace trial;

json::Object object(char const* text)
{
    return json::parse(text).value().as_object();
}

/// Sofia asks where a person lives; an officer of Bucharest has to answer.
RequestDraft residence(char const* handling = nullptr)
{
    auto draft = lawful();
    draft.kind = "residence";
    draft.plate.reset();
    draft.need_ground.reset();
    draft.query = object(R"({"person":{"identities":[{"kind":"lawful","familyName":"Popov TEST",
        "givenName":"Ivan","nationalities":["BG"]}],"documents":[]}})");
    if (handling) (*draft.query)["handling"] = json::parse(handling).value();
    draft.facts = json::Object { { "judicial-reserved", false } };
    return draft;
}

StepDraft step(std::string type, char const* content)
{
    return { std::move(type), object(content),
        object(R"({"judicial-reserved":false,"pending-permit-listed":false,
            "protection-guaranteed":true})") };
}

std::string send(Node& node, RequestDraft const& draft)
{
    auto const sent = node.casework->send(draft, "TEST");
    EXPECT_TRUE(sent.ok() && sent.value().message)
        << (sent.ok() ? json::print(treaty::write(sent.value().decision)) : sent.error().what);
    return sent.value().message.value_or("");
}

std::string take(Node& node, std::string_view number, StepDraft const& draft)
{
    auto const taken = node.casework->take_step(number, draft, "TEST");
    EXPECT_TRUE(taken.ok() && !taken.value().messages.empty())
        << (taken.ok() ? "refused" : taken.error().field + taken.error().what);
    return taken.ok() && !taken.value().messages.empty() ? taken.value().messages.front() : "";
}

std::vector<std::string> signed_codes(Node& node, std::string const& id)
{
    auto const stored
        = node.store->read([&](Transaction& t) { return exchange::message_by_id(t, id); }).value();
    return json::read_text<message::Manifest>(as_text(stored.manifest), json::Unknown::refuse)
        .value()
        .handling;
}

protection::Label label_at(Node& node, std::string const& id)
{
    return node.store->read([&](Transaction& t) { return node.vault->label(t, id); }).value();
}

/// What opening the message for a use is refused by.
std::vector<std::string> objections(
    Node& node, std::string_view number, std::string const& id, Wanted const& wanted)
{
    std::vector<std::string> out;
    for (auto const& each : node.opened(number, wanted))
        if (each.body.message == id)
            for (auto const& objection : each.judgement.objections)
                out.push_back(objection.provision);
    return out;
}

using Codes = std::vector<std::string>;

} // namespace

TEST(Handling, of_a_request_is_signed_kept_in_both_vaults_and_shown)
{
    Pair pair;
    auto const id
        = send(pair.sofia, residence(R"({"codes":["H3","H2"],"text":"Not to the press, TEST."})"));
    carry(pair.both);
    for (auto* node : pair.both) {
        EXPECT_EQ(signed_codes(*node, id), (Codes { "H2", "H3" }));
        EXPECT_EQ(label_at(*node, id).handling.codes, (Codes { "H3", "H2" }));
        EXPECT_EQ(label_at(*node, id).handling.text, "Not to the press, TEST.");
    }
    auto const shown = pair.bucharest.view("BG/2026-0417").request.at("content").as_object();
    EXPECT_EQ(shown.at("handling").at("text").as_string(), "Not to the press, TEST.");
    EXPECT_EQ(shown.at("handling").at("codes").as_array().size(), 2U);
}

TEST(Handling, of_a_request_binds_who_passes_it_on_and_goes_on_with_it)
{
    Node sofia { 0 }, bucharest { 1 }, belgrade { 2 };
    std::array<Node*, 3> const all { &sofia, &bucharest, &belgrade };
    auto const id = send(sofia, residence(R"({"codes":["H1","H2"]})"));
    carry(all);
    StepDraft const forward { "forwarding-notice",
        object(R"({"competentAuthority":"NCU Belgrade TEST","competentState":"RS"})"),
        object(R"({"judicial-reserved":false})") };
    auto const refused = bucharest.casework->take_step("BG/2026-0417", forward, "TEST").value();
    ASSERT_TRUE(refused.composed.closed);
    EXPECT_EQ(refused.composed.closed->objections.at(0).provision, "A31(4)(i)");
    protection::Consent consent { message::ConsentSubject::information_to_third_state, "BG-C-1",
        "BG" };
    consent.recipient_state = "RS";
    ASSERT_TRUE(bucharest.store
            ->write([&](Transaction& t) {
                return bucharest.vault->add_consent(t, id, consent, { "TEST", "BG/2026-0417" });
            })
            .ok());
    auto const passed = take(bucharest, "BG/2026-0417", forward);
    carry(all);
    EXPECT_EQ(signed_codes(belgrade, passed), (Codes { "H1", "H2" }));
    EXPECT_EQ(label_at(belgrade, passed).handling.codes, (Codes { "H1", "H2" }));
    EXPECT_EQ(label_at(belgrade, passed).owner, "BG");
}

TEST(Handling, of_an_answer_travels_with_its_evaluation_and_binds_at_the_other_end)
{
    Pair pair;
    send(pair.sofia, residence());
    carry(pair.both);
    auto const id = take(pair.bucharest, "BG/2026-0417",
        step("answer", R"({"result":"hit","text":"Lives in Bucharest, TEST.",
            "evaluation":{"fourByFour":{"source":"B","information":2}},
            "handling":{"codes":["H1","H2"],"text":"Ask before it goes to court, TEST."}})"));
    carry(pair.both);
    for (auto* node : pair.both) {
        EXPECT_EQ(signed_codes(*node, id), (Codes { "H1", "H2" }));
        auto const label = label_at(*node, id);
        EXPECT_EQ(label.handling.text, "Ask before it goes to court, TEST.");
        EXPECT_EQ(label.evaluation.value().four_by_four.value().source, "B");
        EXPECT_EQ(label.evaluation.value().four_by_four.value().information, 2);
    }
    EXPECT_TRUE(objections(pair.sofia, "2026-0417", id, {}).empty());
    EXPECT_EQ(objections(pair.sofia, "2026-0417", id, { .as_evidence = true }), Codes { "A5(2)" });
    EXPECT_EQ(
        objections(pair.sofia, "2026-0417", id, { .onward_to = "RS" }), Codes { "A31(4)(i)" });
    auto const shown = pair.sofia.view("2026-0417").contents.back().content;
    EXPECT_EQ(shown.at("handling").at("codes").as_array().size(), 2U);
    EXPECT_EQ(shown.at("evaluation").at("fourByFour").at("source").as_string(), "B");
}

TEST(Handling, of_a_partial_answer_and_of_information_without_a_request_is_signed_too)
{
    Pair pair;
    send(pair.sofia, residence());
    carry(pair.both);
    auto const part = take(pair.bucharest, "BG/2026-0417",
        step("partial-answer", R"({"answer":{"result":"hit","text":"So far TEST.",
            "handling":{"codes":["H0"]}},"outstanding":["His address TEST"]})"));
    NoticeDraft draft;
    draft.type = "spontaneous-information";
    draft.to = "RO";
    draft.purpose = "prevention";
    draft.offence = "smuggling of persons";
    draft.case_number = "2026-0500";
    draft.erase_by = parse_date("2027-04-17").value();
    draft.content
        = json::parse(as_text(read_file("tests/messages/spontaneous-information.json").value()))
              .value()
              .as_object();
    json::Value said = *draft.content;
    without_files(said);
    draft.content = said.as_object();
    draft.content->erase("purpose");
    (*draft.content)["handling"] = object(R"({"codes":["H2"],"text":"Ask first, TEST."})");
    (*draft.content)["evaluation"] = object(R"({"fourByFour":{"source":"X","information":4}})");
    draft.facts = json::Object { { "need-assumed", true } };
    auto const told = pair.sofia.casework->send_notice(draft, "TEST");
    ASSERT_TRUE(told.ok()) << told.error().field << told.error().what;
    ASSERT_FALSE(told.value().messages.empty());
    auto const notice = told.value().messages.front();
    carry(pair.both);
    for (auto* node : pair.both) {
        EXPECT_EQ(signed_codes(*node, part), Codes { "H0" });
        EXPECT_EQ(label_at(*node, part).handling.codes, Codes { "H0" });
        EXPECT_EQ(signed_codes(*node, notice), Codes { "H2" });
        EXPECT_EQ(label_at(*node, notice).evaluation.value().four_by_four.value().source, "X");
    }
    EXPECT_EQ(objections(pair.bucharest, "BG/2026-0500", notice, { .onward_to = "RS" }),
        Codes { "A31(4)(i)" });
}

TEST(Handling, is_of_the_list_and_H3_says_what_it_binds_to)
{
    Pair pair;
    auto const field = [&](char const* handling) {
        auto const tried = pair.sofia.casework->try_draft(residence(handling), "TEST");
        if (!tried.ok()) return tried.error().field;
        auto const& missing = tried.value().missing;
        return missing.empty() ? std::string { "whole" } : missing.front();
    };
    EXPECT_EQ(field(R"({"codes":["H0","H1","H2"]})"), "whole");
    EXPECT_EQ(field(R"({"codes":["H3"],"text":"As agreed TEST."})"), "whole");
    EXPECT_EQ(field(R"({"codes":["H3"]})"), "query.handling.text");
    EXPECT_EQ(field(R"({"codes":["H4"]})"), "query.handling.codes[0]");
}

TEST(Handling, that_another_node_says_in_its_manifest_alone_is_shown_and_passed_on)
{
    Node sofia { 0 }, bucharest { 1 }, belgrade { 2 };
    std::array<Node*, 3> const all { &sofia, &bucharest, &belgrade };
    auto const id = send(sofia, residence());
    ASSERT_TRUE(sofia.store
            ->write([&](Transaction& t) -> Result<void> {
                auto const stored = TRY(exchange::message_by_id(t, id));
                auto manifest = TRY(json::read_text<message::Manifest>(
                    as_text(stored.manifest), json::Unknown::refuse));
                manifest.handling = { "H1" };
                TRY(t.run("UPDATE exchange_message SET manifest = $1 WHERE id = $2",
                    to_bytes(json::to_text(manifest)), id));
                return {};
            })
            .ok());
    carry(all);
    auto const shown = bucharest.view("BG/2026-0417").request.at("content").as_object();
    EXPECT_EQ(shown.at("handling").at("codes").at(0).as_string(), "H1");
    StepDraft const forward { "forwarding-notice",
        object(R"({"competentAuthority":"NCU Belgrade TEST","competentState":"RS"})"),
        object(R"({"judicial-reserved":false})") };
    auto const passed = take(bucharest, "BG/2026-0417", forward);
    carry(all);
    EXPECT_EQ(label_at(belgrade, passed).handling.codes, Codes { "H1" });
}

} // namespace comity::casework
