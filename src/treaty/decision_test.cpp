#include "treaty/decision.h"

#include "treaty/test_law.h"

#include <gtest/gtest.h>

namespace comity::treaty {
namespace {

using test::law;

constexpr std::string_view vehicle_request = R"({
    "measure": "information-request", "requesting": "BG", "requested": "RO",
    "at": "2026-04-17T09:14:00Z",
    "facts": {"purpose": "investigation", "offence": "vehicle theft", "kind": "vehicle-owner",
        "need-ground": "identify-owner", "case-number": "2026-0417", "personal-data": true,
        "erase-by": "2027-04-17", "requesting-authority": "BG-IOCD",
        "requested-authority": "RO-MAI", "route": "national-central-unit", "medium": "system",
        "channel-secure": true, "official-authorised": true, "classification-level": 0,
        "supervisor-permission": true}})";

Situation situation()
{
    return read_situation(law(), json::parse(vehicle_request).take()).take();
}

json::Object request()
{
    return json::parse(vehicle_request).take().get_object();
}

json::Value long_text(std::size_t bytes)
{
    return json::Value(std::string_view { std::string(bytes, 'x') });
}

std::string error_of(json::Object const& object)
{
    auto const read = read_situation(law(), object);
    return read.ok() ? "read" : read.error().what;
}

Provision provision_of(Effect effect)
{
    return { .id = "A0",
        .title = {},
        .law = {},
        .effect = effect,
        .measures = between_parties,
        .judge = nullptr,
        .holds = {},
        .fails = {},
        .not_applicable = {} };
}

} // namespace

TEST(Decision, combines_every_set_of_findings_as_the_law_says)
{
    std::vector<Provision> const effects { provision_of(Effect::requires_),
        provision_of(Effect::forbids), provision_of(Effect::obliges) };
    std::vector<Finding> kinds;
    for (auto const& effect : effects)
        for (auto const result :
            { Outcome::holds, Outcome::fails, Outcome::missing, Outcome::not_applicable })
            kinds.emplace_back(effect).result = result;
    for (unsigned set = 0; set < 1U << kinds.size(); ++set) {
        std::vector<Finding> findings;
        for (std::size_t i = 0; i < kinds.size(); ++i)
            if (set >> i & 1U) findings.push_back(kinds[i]);
        auto const has = [&](std::size_t effect, Outcome result) {
            return (set >> (effect * 4 + static_cast<std::size_t>(result)) & 1U) != 0;
        };
        bool const stopped = has(1, Outcome::holds) || has(0, Outcome::fails);
        bool const lacks
            = has(0, Outcome::missing) || has(1, Outcome::missing) || has(2, Outcome::missing);
        auto const expected = stopped ? Verdict::refused
            : lacks                   ? Verdict::incomplete
            : has(0, Outcome::holds)  ? Verdict::permitted
                                      : Verdict::refused;
        ASSERT_EQ(combine(findings), expected) << set;
    }
}

TEST(Decision, is_never_permitted_by_adding_a_prohibition)
{
    std::vector<Provision> const effects { provision_of(Effect::requires_),
        provision_of(Effect::forbids), provision_of(Effect::obliges) };
    for (unsigned set = 0; set < 1U << 12U; ++set) {
        std::vector<Finding> findings;
        for (unsigned i = 0; i < 12; ++i)
            if (set >> i & 1U)
                findings.emplace_back(effects[i / 4]).result = static_cast<Outcome>(i % 4);
        auto const before = combine(findings);
        for (unsigned result = 0; result < 4; ++result) {
            findings.emplace_back(effects[1]).result = static_cast<Outcome>(result);
            auto const after = combine(findings);
            findings.pop_back();
            ASSERT_TRUE(before == Verdict::permitted || after != Verdict::permitted) << set;
        }
    }
}

TEST(Decision, permits_the_vehicle_request_of_the_first_exchange)
{
    auto const text = in_words(decide(law(), situation()));
    EXPECT_EQ(text.verdict, Verdict::permitted);
    EXPECT_EQ(text.lawVersion, law().version());
    EXPECT_TRUE(text.deadlines.empty());
    ASSERT_EQ(text.duties.size(), 3U);
    EXPECT_EQ(text.duties[0].duty,
        "Use the personal data for no other purpose without the consent "
        "of BG.");
}

TEST(Decision, writes_each_finding_in_the_shape_that_the_desk_reads)
{
    auto facts = situation();
    facts.facts.forget(fact::erase_by);
    auto const value = write(decide(law(), facts));
    EXPECT_EQ(value.at("verdict"), "incomplete");
    auto const& findings = value.at("findings").as_array();
    auto const* found = std::ranges::find_if(
        findings, [](json::Value const& each) { return each.at("provision") == "A31(4)(b)-1"; });
    ASSERT_NE(found, findings.end());
    EXPECT_EQ(json::print(*found),
        R"({"provision":"A31(4)(b)-1","effect":"requires","result":"missing","source":"PCC SEE",)"
        R"("facts":["personal-data","erase-by"],"missing":["erase-by"],)"
        R"("reason":"Not known: erase-by."})");
}

TEST(Decision, puts_parties_and_dates_into_its_reasons)
{
    auto late = situation();
    late.facts.tell(fact::erase_by, test::day("2026-04-16"));
    auto const text = in_words(decide(law(), late));
    auto const reason = [&](std::string_view id) {
        return std::ranges::find(text.findings, id, &FindingText::provision)->reason;
    };
    EXPECT_EQ(reason("A31(4)(b)-1"),
        "The date of destruction lies before the day of sending, 2026-04-17.");
    EXPECT_EQ(reason("A40(2)"), "The Convention is in force for BG since 2009-03-01 and for RO.");
    EXPECT_EQ(reason("A2(d)"), "BG and RO are Contracting Parties on this date.");
}

TEST(Decision, of_one_situation_has_the_same_bytes_every_time)
{
    auto const first = json::print(write(decide(law(), situation())));
    auto const again = read_law(test::law_files(), test::plain_hash).take();
    EXPECT_EQ(json::print(write(decide(again, situation()))), first);
    auto const replayed = read_situation(law(), write(situation())).take();
    EXPECT_EQ(json::print(write(decide(law(), replayed))), first);
}

TEST(Decision, outlives_the_law_that_the_caller_held)
{
    auto own = std::make_unique<Law>(read_law(test::law_files(), test::plain_hash).take());
    auto const decision = decide(*own, situation());
    own.reset();
    EXPECT_EQ(in_words(decision).findings.front().source, "PCC SEE");
}

TEST(Decision, refuses_a_third_state_that_reaches_it)
{
    auto greece = situation();
    greece.requested = test::party("GR");
    auto const text = in_words(decide(law(), greece));
    EXPECT_EQ(text.verdict, Verdict::refused);
    EXPECT_EQ(std::ranges::find(text.findings, "A2(d)", &FindingText::provision)->reason,
        "BG or GR is a third State on this date.");
}

TEST(Decision, carries_no_duty_of_a_measure_that_is_refused_but_those_beside_it)
{
    auto received = situation();
    received.measure = Measure::information_request_received;
    received.facts.tell(fact::competent, false);
    received.facts.tell(fact::purpose, Purpose::other);
    auto const text = in_words(decide(law(), received));
    EXPECT_EQ(text.verdict, Verdict::refused);
    ASSERT_EQ(text.duties.size(), 2U);
    EXPECT_EQ(text.duties[0].provision, "A4(1)-2");
    EXPECT_EQ(text.duties[1].provision, "A4(2)-2");
}

TEST(Situation, a_measure_with_a_name_of_its_own_gives_its_fact)
{
    auto const as = [](std::string_view name, json::Object const& facts) {
        auto object = request();
        object["measure"] = name;
        for (auto const& [fact, value] : facts) object["facts"].as_object()[fact] = value;
        return read_situation(law(), object);
    };
    auto const direct = as("direct-contact", { { "route", nullptr } }).value();
    EXPECT_EQ(direct.measure, Measure::information_request);
    EXPECT_EQ(direct.facts.write().at("route"), "direct");
    auto const oral = as("oral-request", { { "medium", "oral" } }).value();
    EXPECT_EQ(oral.facts.write().at("medium"), "oral");
    EXPECT_EQ(write(oral).at("measure"), "information-request");
    auto const wrong = as("direct-contact", { { "route", "national-central-unit" } }).error();
    EXPECT_EQ(wrong.what, "with the measure direct-contact the fact route is direct");
    EXPECT_EQ(wrong.field, "facts.route");
}

TEST(Situation, names_what_is_wrong_by_its_path)
{
    auto const with = [](std::string_view name, json::Value const& value) {
        auto object = request();
        object[name] = value;
        return error_of(object);
    };
    auto const with_fact = [](std::string_view name, json::Value const& value) {
        auto object = request();
        object["facts"].as_object()[name] = value;
        return error_of(object);
    };
    EXPECT_TRUE(with("measure", "picnic")
            .starts_with("measure is 'picnic', which is none of: information-request, "
                         "information-request-received, information-answer, refusal, "));
    EXPECT_EQ(with("requested", "GR"),
        "requested is 'GR', which is none of the Parties: AL AT BA BG HR HU MD ME MK RO RS SI");
    EXPECT_EQ(with("requesting", "bulgaria"),
        "requesting is 'bulgaria', which is none of the Parties: AL AT BA BG HR HU MD ME MK RO RS "
        "SI");
    EXPECT_EQ(with("requested", "BG"), "requested is the same Party as requesting");
    EXPECT_EQ(with("at", "yesterday"),
        "'yesterday' is not an RFC 3339 instant such as 2026-04-17T09:14:00Z");
    EXPECT_EQ(with("at", "2006-05-04T23:59:59Z"),
        "at lies before the Convention was signed on 2006-05-05");
    EXPECT_EQ(with("at", "2006-05-05T00:00:00Z"), "read");
    EXPECT_EQ(with("weather", 1), "weather is not a known member");
    EXPECT_EQ(with("facts", 1), "facts must be an object");
    EXPECT_EQ(with_fact("weather", 1), "facts.weather is not a known fact");
    EXPECT_EQ(with_fact("urgent", "yes"), "facts.urgent must be true or false");
    EXPECT_EQ(with_fact("purpose", "tax"),
        "facts.purpose is 'tax', which is none of: threat-to-public-security, prevention, "
        "detection, investigation, other");
    EXPECT_EQ(with_fact("erase-by", "2026-02-29"), "'2026-02-29' is not a date such as 2026-04-17");
    EXPECT_EQ(with_fact("classification-level", 5),
        "facts.classification-level must be a whole number from 0 to 4");
    EXPECT_EQ(with_fact("classification-level", -1),
        "facts.classification-level must be a whole number from 0 to 4");
    EXPECT_EQ(with_fact("offence", long_text(4097)), "facts.offence has 4097 bytes, 4096 at most");
    EXPECT_EQ(with_fact("offence", long_text(4096)), "read");
    EXPECT_EQ(with_fact("offence", nullptr), "read");
}

TEST(Facts, come_back_as_they_were_told)
{
    auto const facts = situation().facts;
    auto const again = Facts::read(facts.write(), "facts").take();
    EXPECT_EQ(json::print(again.write()), json::print(facts.write()));
    EXPECT_EQ(facts.write().at("erase-by"), "2027-04-17");
    EXPECT_EQ(facts.write().size(), 15U);
}

TEST(Facts, of_a_measure_name_every_provision_that_reads_them)
{
    auto const readers = [](Measure measure, std::string_view name) {
        std::string out;
        for (auto const& [fact, read_by] : fact_uses(law(), measure))
            for (auto const* each : read_by)
                if (fact->name == name) out += std::string { each->id } + " ";
        return out;
    };
    EXPECT_EQ(readers(Measure::information_request, "erase-by"), "A31(4)(b)-1 ");
    EXPECT_EQ(readers(Measure::information_request, "medium"), "A4(6)-1 A4(6)-3 A32(7) ");
    EXPECT_EQ(readers(Measure::information_request, "handling-agreed"), "A32(2) ");
    EXPECT_EQ(readers(Measure::information_request, "supervisor-permission"), "RES-BG(2) ");
    EXPECT_EQ(readers(Measure::information_request, "judicial-reserved"), "A4(1)-1 ");
    EXPECT_EQ(readers(Measure::information_request, "competent"), "");
    EXPECT_EQ(readers(Measure::information_request_received, "competent"), "A4(1)-2 A4(2)-2 ");
    EXPECT_EQ(readers(Measure::refusal, "reasons"), "A30(1)-2 ");
    EXPECT_EQ(readers(Measure::refusal, "erase-by"), "");
}

TEST(Facts, are_each_read_by_some_provision)
{
    std::bitset<fact_count> read;
    for (std::size_t measure = 0; measure < measure_count; ++measure)
        for (auto const& use : fact_uses(law(), static_cast<Measure>(measure)))
            read[use.fact->id] = true;
    EXPECT_TRUE(read.all()) << read;
}

TEST(Decision, that_is_stored_keeps_no_word_of_the_case_and_comes_out_the_same_again)
{
    auto const before = situation();
    auto const stored = record(before, decide(law(), before));
    auto const text = json::print(stored);
    EXPECT_EQ(text.find("vehicle theft"), std::string::npos);
    EXPECT_EQ(text.find("2026-0417"), std::string::npos);
    auto const again = replay(law(), json::parse(text).take()).take();
    EXPECT_TRUE(again.same);
    EXPECT_EQ(again.now, text);
}

TEST(Decision, that_was_altered_or_judged_under_another_law_is_seen_in_the_replay)
{
    auto const before = situation();
    auto stored = record(before, decide(law(), before)).as_object();
    stored["verdict"] = "refused";
    EXPECT_FALSE(replay(law(), stored).take().same);
    stored["verdict"] = "permitted";
    stored["lawVersion"] = "0000";
    auto const other = replay(law(), stored).take();
    EXPECT_FALSE(other.same);
    EXPECT_EQ(other.stored_version, "0000");
    EXPECT_EQ(other.version, law().version());
    stored.erase("situation");
    EXPECT_EQ(replay(law(), stored).error().what,
        "a stored decision has the members situation and lawVersion");
}

TEST(Situation, refuses_days_so_late_that_no_rule_is_valid_or_no_term_can_be_written)
{
    auto const error = [](std::string_view at, std::string_view received) {
        json::Object const object { { "measure", "withdrawal" }, { "requesting", "BG" },
            { "requested", "AL" }, { "at", at },
            { "facts", json::Object { { "notice-received-at", received } } } };
        return error_of(object);
    };
    EXPECT_EQ(error("2999-12-31T23:59:59Z", "2999-12-31T23:59:59Z"), "read");
    EXPECT_EQ(error("3000-01-01T00:00:00Z", "2026-01-01T00:00:00Z"), "at lies after 2999-12-31");
    EXPECT_EQ(error("2026-01-01T00:00:00Z", "3000-01-01T00:00:00Z"),
        "facts.notice-received-at lies after 2999-12-31");
    auto dated = request();
    dated["facts"].as_object()["erase-by"] = "2999-12-31";
    EXPECT_EQ(error_of(dated), "read");
    dated["facts"].as_object()["erase-by"] = "3000-01-01";
    EXPECT_EQ(error_of(dated), "facts.erase-by lies after 2999-12-31");
}

TEST(Fact, has_no_name_that_a_text_case_would_read_as_something_else)
{
    for (auto const* fact : fact_descriptions()) {
        EXPECT_FALSE(json::from_word<Measure>(fact->name)) << fact->name;
        for (auto const* word : { "at", "from", "to", "expect", "Case", "Background" })
            EXPECT_NE(fact->name, word);
    }
}

} // namespace comity::treaty
