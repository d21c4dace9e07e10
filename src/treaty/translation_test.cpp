#include "base/file.h"
#include "treaty/facts.h"
#include "treaty/provision.h"
#include "treaty/translation.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <iterator>
#include <set>

namespace comity::treaty {
namespace {

/// What the desk offers beside English; Serbian in Cyrillic, from which its Latin is made.
constexpr std::array languages { "bg", "es", "ro", "sr", "sq" };

constexpr std::string_view head = "id\tpart\tenglish\twords\n";

Translation translation(std::string_view language)
{
    auto const name = std::string { language } + ".tsv";
    auto const bytes = read_file(std::filesystem::path { "data/treaty/words" } / name).value();
    return Translation::read({ name, std::string { as_text(bytes) } }).value();
}

/// Everything that is said beside what rules say of their own.
std::vector<LawSentence> every_sentence()
{
    auto const bytes = read_file("data/treaty/requirements.tsv").value();
    auto const requirements
        = read_requirements({ "requirements.tsv", std::string { as_text(bytes) } }).value();
    auto out = law_sentences();
    std::ranges::move(elsewhere_sentences(requirements), std::back_inserter(out));
    return out;
}

Error refused(std::string text)
{
    auto const read = Translation::read({ "xx.tsv", std::move(text) });
    EXPECT_FALSE(read.ok());
    return read.ok() ? Error { Error::Kind::conflict, "" } : read.error();
}

/// What an officer sends, receives or answers at the desk.
constexpr Measures at_the_desk = requests
    | Measures { Measure::information_answer, Measure::refusal, Measure::spontaneous_information,
          Measure::case_bulletin, Measure::event_notice, Measure::planning_notice,
          Measure::situation_report, Measure::migration_exchange };

bool governs_the_desk(Provision const& provision)
{
    for (std::size_t i = 0; i < measure_count; ++i)
        if (auto const each = static_cast<Measure>(i);
            at_the_desk.has(each) && provision.measures.has(each))
            return true;
    return false;
}

/// What every language says, however little: titles, terms, and of what governs the desk the
/// reasons and duties.
bool said_by_all(LawSentence const& it)
{
    for (std::string_view const part : { "article", "title", "amount", "anchor" })
        if (it.part == part) return true;
    if (it.part != "holds" && it.part != "fails" && it.part != "duty") return false;
    return governs_the_desk(*find_provision(it.id));
}

bool of_a_fact(LawSentence const& it)
{
    return it.part == "fact" || it.part == "meaning" || it.part == "word";
}

std::vector<std::string> lacking(Translation const& language, bool (*wanted)(LawSentence const&))
{
    std::vector<std::string> out;
    for (auto const& each : every_sentence())
        if (wanted(each) && !language.of(each.id, each.part, each.english))
            out.push_back(each.id + " " + std::string { each.part });
    return out;
}

/// "{requesting}" and its like, as often as each stands there.
std::multiset<std::string> names_in(std::string_view text)
{
    std::multiset<std::string> out;
    for (auto at = text.find('{'); at != std::string_view::npos; at = text.find('{', at + 1))
        out.emplace(text.substr(at, text.find('}', at) - at));
    return out;
}

/// String literals at the beginning, joined as the compiler joins them.
std::string literals(std::string_view text)
{
    std::string out;
    for (;;) {
        text.remove_prefix(std::min(text.find_first_not_of(" \n"), text.size()));
        if (!text.starts_with('"')) return out;
        auto const end = text.find('"', 1);
        out += text.substr(1, end - 1);
        text.remove_prefix(end + 1);
    }
}

/// The sentences that rules give in place of their provision's own, read from their sources.
std::set<std::string> sentences_of_rules()
{
    constexpr std::string_view call = "because(";
    std::set<std::string> out;
    for (auto const& file : std::filesystem::recursive_directory_iterator { "src/treaty" }) {
        if (!file.is_regular_file() || file.path().stem().string().ends_with("_test")) continue;
        auto const bytes = read_file(file.path()).value();
        auto const text = as_text(bytes);
        for (auto at = text.find(call); at != std::string_view::npos; at = text.find(call, at + 1))
            out.insert(literals(text.substr(at + call.size())));
    }
    out.erase(""); // where because() itself is declared
    return out;
}

} // namespace

TEST(Translation, Bulgarian_and_Spanish_say_every_sentence_of_the_law)
{
    auto const all = [](LawSentence const&) { return true; };
    for (auto const* language : { "bg", "es" })
        EXPECT_EQ(lacking(translation(language), all), std::vector<std::string> {}) << language;
}

TEST(Translation, a_fact_without_its_words_is_named)
{
    auto const none = Translation::read({ "xx.tsv", std::string { head } }).value();
    auto const names = lacking(none, of_a_fact);
    auto const has = [&](std::string_view name) { return std::ranges::count(names, name) == 1; };
    for (auto const* fact : fact_descriptions()) {
        EXPECT_TRUE(has(fmt::format("{} fact", fact->name))) << fact->name;
        EXPECT_TRUE(has(fmt::format("{} meaning", fact->name))) << fact->name;
        if (fact->words == nullptr) continue;
        for (auto const& word : fact->words())
            EXPECT_TRUE(has(fmt::format("{}.{} word", fact->name, word))) << fact->name;
    }
}

TEST(Translation, a_duty_that_no_rule_carries_is_said_with_its_place_but_no_names_of_files)
{
    auto const said = elsewhere_sentences({
        { "T1", "By a rule TEST", How::code, "" },
        { "T2", "In files TEST", How::register_data, "a.tsv, b.tsv" },
        { "T3", "In a file TEST", How::register_data, "a.tsv: no end" },
        { "T4", "By somebody TEST", How::delegated, "the official" },
    });
    std::vector<std::string> found;
    for (auto const& each : said) found.push_back(each.id + ' ' + std::string { each.part });
    EXPECT_EQ(found,
        (std::vector<std::string> {
            "T2 elsewhere", "T3 elsewhere", "T3 where", "T4 elsewhere", "T4 where" }));
}

TEST(Translation, every_language_says_titles_and_what_governs_the_desk)
{
    for (auto const* language : languages)
        EXPECT_EQ(lacking(translation(language), said_by_all), std::vector<std::string> {})
            << language;
}

TEST(Translation, no_row_says_what_the_program_does_not)
{
    std::set<std::array<std::string, 3>> said;
    for (auto const& each : every_sentence())
        said.insert({ each.id, std::string { each.part }, each.english });
    for (auto const* language : languages) {
        auto const read = translation(language);
        for (auto const& row : read.rows())
            EXPECT_TRUE(row.part == "because" || said.contains({ row.id, row.part, row.english }))
                << language << ' ' << row.id << ' ' << row.part << ": " << row.english;
    }
}

TEST(Translation, Parties_and_dates_stay_open_where_the_English_has_them)
{
    for (auto const* language : languages) {
        auto const read = translation(language);
        for (auto const& row : read.rows())
            EXPECT_EQ(names_in(row.words), names_in(row.english))
                << language << ' ' << row.id << ' ' << row.part;
    }
}

TEST(Translation, what_a_rule_says_of_its_own_is_said_too)
{
    auto const wanted = sentences_of_rules();
    EXPECT_GE(wanted.size(), 12);
    for (auto const* language : languages) {
        auto const read = translation(language);
        std::set<std::string> found;
        for (auto const& row : read.rows())
            if (row.part == "because") found.insert(row.english);
        EXPECT_TRUE(found.erase("Not known: {missing}.") == 1) << language;
        EXPECT_EQ(found, wanted) << language;
    }
}

TEST(Translation, a_sentence_that_has_changed_is_not_said)
{
    auto const read = Translation::read(
        { "xx.tsv", std::string { head } + "# a remark\n\nA1\ttitle\tScope\tAmbito TEST\n" });
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(read.value().of("A1", "title", "Scope"), "Ambito TEST");
    EXPECT_EQ(read.value().of("A1", "title", "The scope"), std::nullopt);
    EXPECT_EQ(read.value().of("A1", "law", "Scope"), std::nullopt);
    EXPECT_EQ(read.value().of("A2", "title", "Scope"), std::nullopt);
}

TEST(Translation, a_reason_is_found_in_the_own_sentences_of_a_provision_or_among_those_of_rules)
{
    auto const read = Translation::read(
        { "xx.tsv",
            std::string { head }
                + "*\tbecause\tNot known: {missing}.\tNo consta TEST: {missing}.\n"
                  "A1\tfails\t{requested} is none.\tNo TEST: {requested}.\n" })
                          .value();
    auto const as_it_is
        = [](std::string_view, std::string_view text) { return std::string { text }; };
    EXPECT_EQ(read.reason("A1", "RO is none.", as_it_is), "No TEST: RO.");
    EXPECT_EQ(read.reason("A2", "RO is none.", as_it_is), std::nullopt);
    EXPECT_EQ(read.reason("A2", "Not known: kind.", as_it_is), "No consta TEST: kind.");
}

TEST(Translation, says_which_line_is_wrong)
{
    EXPECT_EQ(refused("id\tpart\n").what, "the columns are id, part, english, words");
    EXPECT_EQ(refused("# remark\nid\tpart\n").field, "xx.tsv:2");
    std::string const first { head };
    EXPECT_EQ(refused(first + "A1\ttitle\tScope\n").what, "a row has four cells");
    EXPECT_EQ(refused(first + "A1\ttitle\tScope\tAmbito\tmore\n").what, "a row has four cells");
    EXPECT_EQ(refused(first + "A1\ttitle\tScope\t\n").what, "a cell is empty");
    EXPECT_EQ(refused(first + "A1\ttitle\ta\tb\nA1\ttitle\ta\tb\n").what, "A1 title stands twice");
}

TEST(Translation, has_limits)
{
    std::string text { head };
    for (std::size_t i = 0; i < Translation::rows_max; ++i)
        text += std::to_string(i) + "\ttitle\ta\tb\n";
    EXPECT_TRUE(Translation::read({ "xx.tsv", text }).ok());
    EXPECT_EQ(refused(text + "A1\ttitle\ta\tb\n").what, "a file of words has 10000 rows at most");
    EXPECT_TRUE(
        Translation::read({ "xx.tsv", std::string(Translation::bytes_max - 1, '#') + "\n" }).ok());
    EXPECT_FALSE(
        Translation::read({ "xx.tsv", std::string(Translation::bytes_max, '#') + "\n" }).ok());
}

} // namespace comity::treaty
