#include "casework/forms.h"
#include "casework/request_kind.h"
#include "casework/trial_casework_test.h"

namespace comity::casework {
namespace {

using namespace trial;

/// The query of an example message of the kind, as an officer would have typed it.
json::Object query_of(RequestKind const& kind)
{
    auto const folder = std::filesystem::path { "tests/messages" };
    auto file = folder / ("request." + kind.word() + ".json");
    if (!std::filesystem::exists(file)) file = folder / "request.json";
    auto const text = read_file(file).value();
    auto const example = json::parse(as_text(text)).value().as_object();
    EXPECT_EQ(example.at("kind").as_string(), std::string_view { kind.word() });
    auto names = subjects_of(kind);
    std::ranges::copy(extras_of(kind), std::back_inserter(names));
    json::Object query;
    for (auto const& name : names)
        if (auto const* value = example.if_contains(name)) query[name] = *value;
    for (auto& subject : query) without_files(subject.value());
    return query;
}

RequestDraft lawful_of(RequestKind const& kind)
{
    auto draft = lawful();
    draft.kind = kind.word();
    draft.plate.reset();
    draft.query = query_of(kind);
    draft.case_number = "K-" + kind.word();
    draft.facts = json::Object { { "judicial-reserved", false } };
    if (kind.kind == treaty::Kind::witness_protection)
        (*draft.facts)["compartment"] = "witness-protection";
    return draft;
}

} // namespace

TEST(RequestKinds, every_kind_is_judged_sent_received_and_shown_with_what_it_asks)
{
    Pair pair;
    for (auto const& kind : request_kinds()) {
        auto const draft = lawful_of(kind);
        auto const outcome = pair.sofia.casework->send(draft, "TEST");
        ASSERT_TRUE(outcome.ok()) << kind.word() << ": " << outcome.error().what;
        ASSERT_TRUE(outcome.value().message)
            << kind.word() << json::print(treaty::write(outcome.value().decision));
        auto const held = provisions_held(outcome.value().decision);
        EXPECT_TRUE(std::ranges::count(held, kind.provision)) << kind.word();
    }
    carry(pair.both);
    for (auto const& kind : request_kinds()) {
        auto const number = "BG/K-" + kind.word();
        auto const read = pair.bucharest.casework->open_case(number, "TEST");
        ASSERT_TRUE(read.ok()) << kind.word() << ": " << read.error().what;
        auto const& shown = read.value();
        bool const alone = kind.kind == treaty::Kind::vehicle_owner;
        EXPECT_EQ(shown.state, alone ? CaseState::answered : CaseState::received) << kind.word();
        auto const& content = shown.request.at("content").as_object();
        for (auto const& [name, value] : query_of(kind))
            EXPECT_EQ(content.at(name), value) << kind.word();
        EXPECT_FALSE(content.contains("decision"));
    }
}

TEST(RequestKinds, without_its_subject_no_kind_is_sent_and_what_is_missing_is_named)
{
    Node sofia { 0 };
    for (auto const& kind : request_kinds()) {
        auto draft = lawful_of(kind);
        draft.query = json::Object {};
        auto const tried = sofia.casework->try_draft(draft, "TEST").value();
        auto const first = "query." + subjects_of(kind).front();
        ASSERT_FALSE(tried.missing.empty()) << kind.word();
        EXPECT_EQ(tried.missing.front(), first);
        auto const sent = sofia.casework->send(draft, "TEST");
        if (sent.ok())
            EXPECT_FALSE(sent.value().message) << kind.word();
        else
            EXPECT_EQ(sent.error().field, first);
    }
    EXPECT_EQ(sofia.verified_entries(), 0);
}

TEST(RequestKinds, a_query_half_typed_is_no_error_and_says_where_it_goes_on)
{
    Node sofia { 0 };
    auto draft = lawful();
    draft.plate.reset();
    draft.kind = "residence";
    draft.query = json::parse(R"({"person":{"identities":[{"familyName":"Иванов TEST"}],)"
                              R"("documents":[]}})")
                      .value()
                      .as_object();
    auto const tried = sofia.casework->try_draft(draft, "TEST").value();
    EXPECT_EQ(tried.decision.verdict, treaty::Verdict::incomplete);
    EXPECT_EQ(tried.missing,
        (std::vector<std::string> {
            "query.person.identities[0].kind", "query.person.identities[0].nationalities" }));
}

TEST(RequestKinds, a_query_that_breaks_its_form_names_the_place)
{
    Node sofia { 0 };
    auto const field = [&](char const* kind, char const* query) {
        auto draft = lawful();
        draft.plate.reset();
        draft.kind = kind;
        draft.query = json::parse(query).value().as_object();
        auto const tried = sofia.casework->try_draft(draft, "TEST");
        return tried.ok() ? std::string { "none" } : tried.error().field;
    };
    EXPECT_EQ(field("residence", R"({"phone":{"number":"1"}})"), "query.phone");
    EXPECT_EQ(field("identification", R"({"identification":{"unidentified":"ghost"}})"),
        "query.identification.unidentified");
    EXPECT_EQ(field("telecom-subscriber", R"({"phone":{"number":"1","colour":"red"}})"),
        "query.phone.colour");
    auto const number = [](std::size_t size) {
        return R"({"phone":{"number":")" + std::string(size, '1') + R"("}})";
    };
    EXPECT_EQ(field("telecom-subscriber", number(101).c_str()), "query.phone.number");
    EXPECT_EQ(field("telecom-subscriber", number(100).c_str()), "none");
    auto both = lawful();
    both.query = json::Object { { "vehicle", json::Object { { "plate", "B 1" } } } };
    EXPECT_EQ(sofia.casework->try_draft(both, "TEST").error().field, "plate");
}

TEST(RequestKinds, what_only_an_officer_can_say_is_asked_for_and_nothing_else_is_taken)
{
    Node sofia { 0 };
    auto const kind = *find_request_kind("residence");
    auto draft = lawful_of(kind);
    draft.facts.reset();
    auto const tried = sofia.casework->try_draft(draft, "TEST").value();
    EXPECT_EQ(tried.decision.verdict, treaty::Verdict::incomplete);
    EXPECT_TRUE(std::ranges::count(provisions_against(tried.decision), "A4(1)-1"));
    draft.facts = json::Object { { "judicial-reserved", true } };
    EXPECT_EQ(sofia.casework->try_draft(draft, "TEST").value().decision.verdict,
        treaty::Verdict::refused);
    for (auto const* fact : { "channel-secure", "supervisor-permission", "gossip" }) {
        draft.facts = json::Object { { fact, true } };
        EXPECT_EQ(sofia.casework->try_draft(draft, "TEST").error().field,
            std::string { "facts." } + fact);
    }
}

TEST(RequestKinds, an_owner_is_asked_for_by_plate_VIN_or_engine_number)
{
    Node sofia { 0 };
    auto const missing = [&](char const* vehicle) {
        auto draft = lawful();
        draft.plate.reset();
        draft.query = json::Object { { "vehicle", json::parse(vehicle).value() } };
        return sofia.casework->try_draft(draft, "TEST").value().missing.size();
    };
    EXPECT_EQ(missing(R"({"colour":"red"})"), 1);
    EXPECT_EQ(missing(R"({"plate":"B 1 AAA"})"), 0);
    EXPECT_EQ(missing(R"({"vin":"UU1TEST0000000001"})"), 0);
    EXPECT_EQ(missing(R"({"engineNumber":"K9K TEST"})"), 0);
}

TEST(RequestKinds, a_vessel_waits_for_an_officer_for_the_node_knows_motor_vehicles_only)
{
    Pair pair;
    auto draft = lawful();
    draft.plate.reset();
    draft.query = json::parse(R"({"vehicle":{"plate":"B 123 ABC","vehicleClass":"vessel"}})")
                      .value()
                      .as_object();
    ASSERT_TRUE(pair.sofia.casework->send(draft, "TEST").value().message);
    carry(pair.both);
    EXPECT_EQ(pair.bucharest.row("BG/2026-0417").state, CaseState::received);
}

TEST(RequestKinds, a_request_that_names_nobody_needs_no_day_of_destruction)
{
    Pair pair;
    auto draft = lawful_of(*find_request_kind("legislation"));
    draft.erase_by.reset();
    EXPECT_FALSE(pair.sofia.casework->send(draft, "TEST").value().message);
    (*draft.facts)["personal-data"] = false;
    ASSERT_TRUE(pair.sofia.casework->send(draft, "TEST").value().message);
    carry(pair.both);
    EXPECT_EQ(pair.bucharest.row("BG/K-legislation").state, CaseState::received);
}

TEST(RequestKinds, a_subject_line_says_whom_or_what_it_is_about)
{
    Pair pair;
    for (auto const* word : { "telecom-subscriber", "interview", "mass-event", "organised-crime" })
        ASSERT_TRUE(
            pair.sofia.casework->send(lawful_of(*find_request_kind(word)), "TEST").value().message);
    for (auto const* word : { "telecom-subscriber", "interview", "mass-event", "organised-crime" })
        EXPECT_TRUE(pair.sofia.title(std::string { "K-" } + word).subject) << word;
}

TEST(Forms, say_what_each_kind_asks_how_it_is_spelt_and_what_the_officer_states)
{
    auto const all = forms();
    EXPECT_EQ(all.at("kinds").as_array().size(), treaty::kind_count);
    auto const& structs = all.at("structs").as_object();
    for (auto const& kind : all.at("kinds").as_array())
        for (auto const& subject : kind.at("subjects").as_array()) {
            auto const& members = structs.at("Request").at("members").as_array();
            EXPECT_TRUE(std::ranges::any_of(
                members, [&](auto const& member) { return member.at("name") == subject; }));
        }
    auto const& number = structs.at("PhoneQuery").at("members").at(0);
    EXPECT_EQ(number.at("form"), "line");
    EXPECT_EQ(number.at("most"), 100);
    auto const& identity = structs.at("Identity").at("members").at(0);
    EXPECT_EQ(identity.at("group"), "IdentityKind");
    EXPECT_EQ(all.at("facts").at("compartment").at("words").as_array().size(), 2);
}

} // namespace comity::casework
