#include "book/article_page.h"

#include "book/case_words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>

namespace comity::book {
namespace {

using namespace document;
using treaty::Effect;
using treaty::Expectation;
using treaty::ParameterGroup;
using treaty::When;

std::string_view heading_of(ParameterGroup group)
{
    switch (group) {
    case ParameterGroup::entry_into_force: return "Since when a State is a Party (Art. 39, 40)";
    case ParameterGroup::authority: return "Authorities (Art. 4, 37)";
    case ParameterGroup::judicial: return "Requests left to judicial authorities (Art. 4(1))";
    case ParameterGroup::readiness: return "Data protection in force (Art. 31(3))";
    case ParameterGroup::marking: return "Markings by level (Art. 32)";
    case ParameterGroup::national_law: return "National law";
    case ParameterGroup::agreement: return "Implementing agreements (Art. 34(1))";
    case ParameterGroup::agreement_term: return "What the agreements say";
    case ParameterGroup::reservation: return "Reservations and declarations (Art. 41)";
    case ParameterGroup::suspension: break;
    }
    return "Suspensions (Art. 42(3))";
}

std::string kind_of(treaty::ProvisionText const& provision)
{
    std::string out = provision.effect == Effect::obliges ? "Duty"
        : provision.effect == Effect::forbids             ? "Rule: a prohibition"
                                                          : "Rule: a requirement";
    if (provision.term || treaty::find_term(provision.id)) out += "; sets a deadline";
    if (provision.delegated) out += "; a part is left to a person";
    return out;
}

std::string kind_of(treaty::ElsewhereText const& duty)
{
    if (duty.how == "deadline") return "Deadline";
    if (duty.how == "register") return "Register data";
    if (duty.how == "delegated") return "Delegated: a person decides";
    if (duty.how == "later") return "Later: not carried yet";
    return duty.how;
}

std::string span_of(Date from, std::optional<Date> until)
{
    return fmt::format("{} to {}", to_text(from), until ? to_text(*until) : "open");
}

std::string_view word_of(When when)
{
    switch (when) {
    case When::in_effect: return "";
    case When::not_yet: return "not yet";
    case When::ended: return "ended";
    case When::not_known: break;
    }
    return "not known";
}

/// An instant of RFC 3339 without a fraction that says nothing.
std::string to_the_second(std::string text)
{
    if (auto const at = text.find(".000000Z"); at != text.npos) text.erase(at, 7);
    return text;
}

/// "1 to 4, 7".
std::string ranges_of(std::vector<std::size_t> const& numbers)
{
    std::string out;
    for (std::size_t i = 0; i < numbers.size();) {
        auto last = i;
        while (last + 1 < numbers.size() && numbers[last + 1] == numbers[last] + 1) ++last;
        if (!out.empty()) out += ", ";
        out += std::to_string(numbers[i]);
        if (last > i) out += fmt::format(" to {}", numbers[last]);
        i = last + 1;
    }
    return out;
}

std::string term_in_words(treaty::TermText const& term)
{
    auto out = fmt::format("{}, counted from {}", term.amount, term.anchor);
    if (term.fact) out += fmt::format(" (fact {})", *term.fact);
    return out;
}

std::string term_in_words(treaty::Term const& term)
{
    return fmt::format("{}, counted from {}", treaty::in_words(term.amount), term.anchor);
}

class Blocks {
public:
    Blocks(Chapter const& chapter, Material const& material, RuleSources const& sources)
        : chapter_(chapter)
        , material_(material)
        , sources_(sources)
    {
    }

    std::vector<Block> make()
    {
        add_summary();
        if (!chapter_.provisions.empty() || !chapter_.elsewhere.empty())
            out_.push_back(Heading { 1, "Paragraph by paragraph" });
        for (auto const place : in_order()) {
            auto const others = chapter_.provisions.size();
            if (place < others)
                add(chapter_.provisions[place], chapter_.sources[place]);
            else
                add(chapter_.elsewhere[place - others]);
        }
        add_parameters();
        add_cases();
        add_facts();
        add_signatures();
        return std::move(out_);
    }

private:
    std::string const& id_at(std::size_t place) const
    {
        auto const others = chapter_.provisions.size();
        return place < others ? chapter_.provisions[place].id
                              : chapter_.elsewhere[place - others].id;
    }

    /// Where a duty stands in the text: the list of duties has its order. A part of a reservation
    /// stands where the whole does.
    std::size_t rank(std::string_view id) const
    {
        auto const& all = material_.requirements;
        auto const found = std::ranges::find_if(all, [&](treaty::Requirement const& each) {
            return each.id == id || (id.starts_with("RES-") && id.starts_with(each.id));
        });
        return static_cast<std::size_t>(found - all.begin());
    }

    /// The provisions, by their places, and after their number the other duties, as the text goes.
    std::vector<std::size_t> in_order() const
    {
        std::vector<std::size_t> out(chapter_.provisions.size() + chapter_.elsewhere.size());
        std::iota(out.begin(), out.end(), std::size_t { 0 });
        std::ranges::sort(
            out, {}, [this](std::size_t place) { return std::pair { rank(id_at(place)), place }; });
        return out;
    }

    void add_summary()
    {
        out_.push_back(Paragraph { { { "Index", Style::plain, Link { "index", "" } } } });
        if (!chapter_.beside.empty())
            out_.push_back(Paragraph { { { "More of what the data say stands on " },
                { chapter_.beside, Style::plain, Link { chapter_.beside, "" } }, { "." } } });
        std::size_t otherwise = 0;
        for (auto const& each : chapter_.cases) otherwise += !each.asExpected;
        out_.push_back(Particulars { {
            { "Stands in", { chapter_.place } },
            { "On this page",
                { fmt::format("{}; {}",
                    counted(chapter_.provisions.size() + chapter_.elsewhere.size(), "paragraph",
                        "paragraphs"),
                    counted(chapter_.cases.size(), "case", "cases")) } },
            { "Told for", { to_text(material_.on) } },
            { "Edition", { { chapter_.edition, Style::code } } },
            { "Review", { review_in_words(chapter_) } },
            { "Paragraphs", places() },
        } });
        if (chapter_.review && chapter_.review->edition != chapter_.edition)
            out_.push_back(Note { { fmt::format("The words or the code of this page changed after "
                                                "{} reviewed edition {}.",
                                      chapter_.review->reviewer, chapter_.review->edition) },
                true });
        if (otherwise > 0)
            out_.push_back(Note { { counted(otherwise, "case comes", "cases come")
                                      + " out otherwise than expected." },
                true });
    }

    /// Everything on the page that one may go to.
    Text places() const
    {
        Text out;
        auto const add = [&](std::string const& text, std::string const& place) {
            if (!out.runs.empty()) out.runs.push_back({ ", " });
            out.runs.push_back({ text, Style::plain, Link { "", place } });
        };
        for (auto const place : in_order()) add(id_at(place), id_at(place));
        if (!chapter_.parameters.empty()) add("data", "parameters");
        if (!chapter_.cases.empty()) add("cases", "cases");
        if (!chapter_.facts.empty()) add("facts", "facts");
        add("signatures", "signed");
        return out;
    }

    void add(treaty::ProvisionText const& provision, RuleSource const& source)
    {
        out_.push_back(Heading { 2, { provision.id + "  " + provision.title }, provision.id });
        out_.push_back(Paragraph { { provision.law } });
        std::vector<Particular> all { { "Kind", { { kind_of(provision), Style::strong } } },
            { "Governs", { measures_of(provision) } } };
        auto const add = [&](std::string name, std::string const& text) {
            if (!text.empty()) all.push_back({ std::move(name), { text } });
        };
        add("Holds", provision.holds);
        add("Fails", provision.fails);
        add("Does not apply", provision.notApplicable);
        add("Then", provision.duty.value_or(""));
        add("Left to a person", provision.delegated.value_or(""));
        if (provision.term)
            add("Deadline", term_in_words(*provision.term));
        else if (auto const* term = treaty::find_term(provision.id))
            add("Deadline", term_in_words(*term));
        if (provision.from != treaty::text_since || provision.until)
            add("In force", span_of(provision.from, provision.until));
        add("Reads", fmt::format("{}", fmt::join(provision.facts, ", ")));
        add("Cases", cases_of(provision.id));
        all.push_back({ "Source", { { "src/treaty/" + source.file, Style::code } } });
        out_.push_back(Particulars { std::move(all) });
        for (auto const& part : source.parts) out_.push_back(Verbatim { part });
    }

    static std::string measures_of(treaty::ProvisionText const& provision)
    {
        std::vector<std::string> words;
        words.reserve(provision.measures.size());
        for (auto const measure : provision.measures) words.push_back(json::word(measure));
        if (words.size() == treaty::measure_count) return "every measure";
        return fmt::format("{}", fmt::join(words, ", "));
    }

    void add(treaty::ElsewhereText const& duty)
    {
        out_.push_back(Heading { 2, { duty.id + "  " + duty.title }, duty.id });
        std::vector<Particular> all { { "Kind", { { kind_of(duty), Style::strong } } } };
        if (auto const* term = treaty::find_term(duty.id)) {
            all.push_back({ "Deadline", { term_in_words(*term) } });
            all.push_back({ "Source", { { "src/treaty/" + duty.where, Style::code } } });
        } else {
            all.push_back({ "Where", { duty.where } });
        }
        out_.push_back(Particulars { std::move(all) });
        if (auto const text = sources_.term_of(duty.id); !text.empty())
            out_.push_back(Verbatim { text });
    }

    /// The numbers, on this page, of the cases that expect something of a provision.
    std::string cases_of(std::string_view id) const
    {
        std::vector<std::size_t> numbers;
        for (std::size_t i = 0; i < chapter_.cases.size(); ++i)
            if (std::ranges::any_of(chapter_.cases[i].expectations,
                    [&](auto const& each) { return each.provision == id; }))
                numbers.push_back(i + 1);
        return numbers.empty() ? "none" : ranges_of(numbers);
    }

    void add_parameters()
    {
        if (chapter_.parameters.empty()) return;
        out_.push_back(
            Heading { 1, { "What the data say on " + to_text(material_.on) }, "parameters" });
        std::optional<ParameterGroup> group;
        for (auto const& each : chapter_.parameters) {
            if (group != each.group) {
                group = each.group;
                out_.push_back(Heading { 2, { std::string { heading_of(each.group) } } });
                out_.push_back(Table { { { "Party", 3 }, { "What", 6 }, { "Says", 7 },
                                           { "In effect", 6 }, { "Found in", 7 } },
                    {} });
            }
            std::get<Table>(out_.back()).rows.push_back(row_of(each));
        }
    }

    static std::vector<Text> row_of(treaty::ParameterText const& parameter)
    {
        auto parties = fmt::format("{}", fmt::join(parameter.parties, ", "));
        if (parameter.onlyFor) parties += fmt::format("\nfor {}", *parameter.onlyFor);
        Text effect { { span_of(parameter.from, parameter.until) } };
        if (parameter.certainFrom)
            effect.runs.push_back(
                { fmt::format("\ncertain from {}", to_text(*parameter.certainFrom)) });
        if (auto const word = word_of(parameter.when); !word.empty())
            effect.runs.push_back({ fmt::format("\n{}", word), Style::strong });
        Text found;
        if (parameter.test && !parameter.source.starts_with("TEST"))
            found.runs.push_back({ "TEST ", Style::strong });
        found.runs.push_back({ parameter.source, parameter.test ? Style::strong : Style::plain });
        if (!parameter.note.empty()) found.runs.push_back({ "\n" + parameter.note, Style::faint });
        return { parties, parameter.about, parameter.value, effect, found };
    }

    void add_cases()
    {
        if (chapter_.cases.empty()) return;
        out_.push_back(Heading { 1, "Cases", "cases" });
        out_.push_back(Paragraph { "Each case begins with the background above it and changes what "
                                   "it names; of the rest nothing is known." });
        std::string file;
        std::size_t line = 0;
        for (std::size_t i = 0; i < chapter_.cases.size(); ++i) {
            auto const& each = chapter_.cases[i];
            auto const words = words_of(each, text_of(each.file));
            if (i == 0 || words.file != file || words.background_line != line) {
                file = words.file;
                line = words.background_line;
                out_.push_back(Heading { 2, { fmt::format("{}, line {}", file, line) } });
                out_.push_back(Verbatim { words.background });
                out_.push_back(Table {
                    { { "Nr", 1 }, { "Case", 6 }, { "What it changes", 8 }, { "Expected", 8 } },
                    {} });
            }
            Text expected = expectations_of(each);
            if (!each.asExpected)
                expected.runs.push_back(
                    { fmt::format("\nNOT AS EXPECTED: {}", json::word(each.verdict)),
                        Style::strong });
            std::get<Table>(out_.back())
                .rows.push_back({ std::to_string(i + 1), each.title, words.changes, expected });
        }
    }

    std::string_view text_of(std::string const& file) const
    {
        auto const found = std::ranges::find(material_.cases, file, &treaty::File::name);
        MUST(found != material_.cases.end());
        return found->text;
    }

    Text expectations_of(treaty::CaseText const& text_case) const
    {
        Text out;
        for (auto const& each : text_case.expectations) {
            if (!out.runs.empty()) out.runs.push_back({ "\n" });
            if (each.provision) {
                auto const page = page_of(*each.provision);
                out.runs.push_back({ *each.provision, Style::plain,
                    Link { page == chapter_.name ? "" : page, *each.provision } });
                out.runs.push_back({ " " });
            }
            out.runs.push_back(words_of(each));
        }
        return out;
    }

    static Run words_of(treaty::ExpectationText const& expectation)
    {
        switch (expectation.what) {
        case Expectation::What::result: return { expectation.words };
        case Expectation::What::missing: return { "misses " + expectation.words };
        case Expectation::What::source: return { "rests on " + expectation.words };
        case Expectation::What::reason: return { "says: " + expectation.words };
        case Expectation::What::due: return { "is due " + to_the_second(expectation.words) };
        case Expectation::What::verdict: break;
        }
        return { expectation.words, Style::strong };
    }
    static CaseWords words_of(treaty::CaseText const& text_case, std::string_view text)
    {
        return book::words_of(text_case, text);
    }

    void add_facts()
    {
        if (chapter_.facts.empty()) return;
        out_.push_back(Heading { 1, "Facts that the rules read", "facts" });
        Table table { { { "Fact", 3 }, { "What it is", 7 }, { "What it may be", 5 } }, {} };
        for (auto const& fact : chapter_.facts) {
            auto value = fact.type == treaty::FactType::boolean ? std::string { "yes or no" }
                : fact.type == treaty::FactType::instant        ? std::string { "date and time" }
                                                                : json::word(fact.type);
            if (fact.words) value = fmt::format("{}", fmt::join(*fact.words, ", "));
            if (fact.least) value = fmt::format("{} to {}", *fact.least, *fact.most);
            table.rows.push_back({ fact.name, fact.meaning, value });
        }
        out_.push_back(std::move(table));
    }

    void add_signatures()
    {
        out_.push_back(Heading { 1, "Signed", "signed" });
        out_.push_back(Paragraph { { { "Edition " }, { chapter_.edition, Style::code },
            { " of this page: its words say what the text says, its functions do what its words "
              "say, and its cases come out as the text has it." } } });
        out_.push_back(Signature { { "Jurist: name and office", "Place and date", "Signature",
            "Programmer: name and office", "Place and date", "Signature" } });
    }

    Chapter const& chapter_;
    Material const& material_;
    RuleSources const& sources_;
    std::vector<Block> out_;
};

} // namespace

std::string counted(std::size_t count, std::string_view one, std::string_view many)
{
    return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string edition_of(Chapter const& chapter, treaty::HashFunction const& hash)
{
    std::string all;
    for (std::size_t i = 0; i < chapter.provisions.size(); ++i) {
        auto provision = chapter.provisions[i];
        provision.when = {}; // of the day it is told for
        provision.cases = 0; // a case more changes no rule
        json::append(all, provision);
        for (auto const& part : chapter.sources[i].parts) json::append(all, part);
    }
    for (auto const& duty : chapter.elsewhere) {
        json::append(all, duty);
        if (auto const* term = treaty::find_term(duty.id)) {
            json::append(all, treaty::in_words(term->amount));
            json::append(all, std::string { term->anchor });
        }
    }
    return hash(all);
}

std::string review_in_words(Chapter const& chapter)
{
    if (!chapter.review) return "not yet reviewed";
    auto const& review = *chapter.review;
    return fmt::format("reviewed by {} on {}{}", review.reviewer, to_text(review.date),
        review.edition == chapter.edition ? "" : "; changed since");
}

std::vector<Block> blocks_of(
    Chapter const& chapter, Material const& material, RuleSources const& sources)
{
    return Blocks { chapter, material, sources }.make();
}

} // namespace comity::book
