#include "book/article_page.h"

#include "book/case_words.h"
#include "book/parameter_words.h"

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

/// An instant of RFC 3339 without a fraction that says nothing.
std::string to_the_second(std::string text)
{
    if (auto const at = text.find(".000000Z"); at != text.npos) text.erase(at, 7);
    return text;
}

/// "1 to 4, 7".
std::string ranges_of(std::vector<std::size_t> const& numbers, std::string_view to)
{
    std::string out;
    for (std::size_t i = 0; i < numbers.size();) {
        auto last = i;
        while (last + 1 < numbers.size() && numbers[last + 1] == numbers[last] + 1) ++last;
        if (!out.empty()) out += ", ";
        out += std::to_string(numbers[i]);
        if (last > i) out += fmt::format(" {} {}", to, numbers[last]);
        i = last + 1;
    }
    return out;
}

std::string term_in_words(
    Words const& words, std::string_view id, std::string_view amount, std::string_view anchor)
{
    return fmt::format("{}, {} {}", words.law(id, "amount", amount), words.say("counted from"),
        words.law(id, "anchor", anchor));
}
std::string term_in_words(Words const& words, std::string_view id, treaty::TermText const& term)
{
    auto out = term_in_words(words, id, term.amount, term.anchor);
    if (term.fact) out += fmt::format(" ({} {})", words.say("fact"), words.fact(*term.fact));
    return out;
}
std::string term_in_words(Words const& words, std::string_view id, treaty::Term const& term)
{
    return term_in_words(words, id, treaty::in_words(term.amount), term.anchor);
}

class Blocks {
public:
    Blocks(Chapter const& chapter, Material const& material, RuleSources const& sources)
        : chapter_(chapter)
        , material_(material)
        , sources_(sources)
        , words_(material.words)
    {
    }

    std::vector<Block> make()
    {
        add_summary();
        if (!chapter_.provisions.empty() || !chapter_.elsewhere.empty())
            out_.push_back(Heading { 1, words_.say("Paragraph by paragraph") });
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
        out_.push_back(
            Paragraph { { { words_.say("Index"), Style::plain, Link { "index", "" } } } });
        if (!words_.is_english())
            out_.push_back(Paragraph { { { words_.say(translated), Style::faint } } });
        if (!chapter_.beside.empty())
            out_.push_back(
                Paragraph { { { words_.say("More of what the data say stands on") + " " },
                    { chapter_.beside, Style::plain, Link { chapter_.beside, "" } }, { "." } } });
        auto const paragraphs = chapter_.provisions.size() + chapter_.elsewhere.size();
        auto const on_page = counted(paragraphs, "paragraph", "paragraphs") + "; "
            + counted(chapter_.cases.size(), "case", "cases");
        out_.push_back(Particulars { {
            { words_.say("Stands in"), { words_.say(chapter_.place) } },
            { words_.say("On this page"), { words_.say_each(on_page) } },
            { words_.say("Told for"), { to_text(material_.on) } },
            { words_.say("Edition"), { { chapter_.edition, Style::code } } },
            { words_.say("Review"), { words_.say(review_in_words(chapter_)) } },
            { words_.say("Paragraphs"), places() },
        } });
        add_warnings();
    }

    void add_warnings()
    {
        std::size_t otherwise = 0;
        for (auto const& each : chapter_.cases) otherwise += !each.asExpected;
        auto const warn = [this](std::string_view english) {
            out_.push_back(Note { { words_.say(english) }, true });
        };
        if (chapter_.review && chapter_.review->edition != chapter_.edition)
            warn(fmt::format("The words or the code of this page changed after {} reviewed "
                             "edition {}.",
                chapter_.review->reviewer, chapter_.review->edition));
        if (otherwise > 0)
            warn(counted(otherwise, "case comes", "cases come") + " out otherwise than expected.");
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
        if (!chapter_.parameters.empty()) add(words_.say("data"), "parameters");
        if (!chapter_.cases.empty()) add(words_.say("cases"), "cases");
        if (!chapter_.facts.empty()) add(words_.say("facts"), "facts");
        add(words_.say("signatures"), "signed");
        return out;
    }

    void add(treaty::ProvisionText const& provision, RuleSource const& source)
    {
        auto const& id = provision.id;
        auto const said = [&](std::string_view part, std::string_view english) {
            return words_.law(id, part, english);
        };
        out_.push_back(Heading { 2, { id + "  " + said("title", provision.title) }, id });
        out_.push_back(Paragraph { { said("law", provision.law) } });
        std::vector<Particular> all {
            { words_.say("Kind"), { { words_.say_each(kind_of(provision)), Style::strong } } },
            { words_.say("Governs"), { measures_of(provision) } }
        };
        auto const add = [&](std::string_view name, std::string const& text) {
            if (!text.empty()) all.push_back({ words_.say(name), { text } });
        };
        add("Holds", said("holds", provision.holds));
        add("Fails", said("fails", provision.fails));
        add("Does not apply", said("not-applicable", provision.notApplicable));
        add("Then", said("duty", provision.duty.value_or("")));
        add("Left to a person", said("delegated", provision.delegated.value_or("")));
        if (provision.term)
            add("Deadline", term_in_words(words_, id, *provision.term));
        else if (auto const* term = treaty::find_term(id))
            add("Deadline", term_in_words(words_, id, *term));
        if (provision.from != treaty::text_since || provision.until)
            add("In force", words_.say(span_of(provision.from, provision.until)));
        add("Reads", facts_of(provision));
        add("Cases", cases_of(id));
        all.push_back({ words_.say("Source"), { { "src/treaty/" + source.file, Style::code } } });
        out_.push_back(Particulars { std::move(all) });
        for (auto const& part : source.parts) out_.push_back(Verbatim { part });
    }

    std::string measures_of(treaty::ProvisionText const& provision) const
    {
        std::vector<std::string> words;
        words.reserve(provision.measures.size());
        for (auto const measure : provision.measures)
            words.push_back(words_.word("measure", json::word(measure)));
        if (words.size() == treaty::measure_count) return words_.say("every measure");
        return fmt::format("{}", fmt::join(words, words_.is_english() ? ", " : "; "));
    }

    std::string facts_of(treaty::ProvisionText const& provision) const
    {
        std::vector<std::string> words;
        words.reserve(provision.facts.size());
        for (auto const& name : provision.facts) words.push_back(words_.fact(name));
        return fmt::format("{}", fmt::join(words, words_.is_english() ? ", " : "; "));
    }

    void add(treaty::ElsewhereText const& duty)
    {
        auto const title = words_.law(duty.id, "elsewhere", duty.title);
        out_.push_back(Heading { 2, { duty.id + "  " + title }, duty.id });
        std::vector<Particular> all { { words_.say("Kind"),
            { { words_.say(kind_of(duty)), Style::strong } } } };
        if (auto const* term = treaty::find_term(duty.id)) {
            all.push_back({ words_.say("Deadline"), { term_in_words(words_, duty.id, *term) } });
            all.push_back(
                { words_.say("Source"), { { "src/treaty/" + duty.where, Style::code } } });
        } else {
            all.push_back({ words_.say("Where"), { words_.law(duty.id, "where", duty.where) } });
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
        return numbers.empty() ? words_.say("none") : ranges_of(numbers, words_.say("to"));
    }

    void add_parameters()
    {
        if (chapter_.parameters.empty()) return;
        out_.push_back(Heading {
            1, words_.say("What the data say on " + to_text(material_.on)), "parameters" });
        std::optional<ParameterGroup> group;
        for (auto const& each : chapter_.parameters) {
            if (group != each.group) {
                group = each.group;
                out_.push_back(Heading { 2, { words_.say(heading_of(each.group)) } });
                out_.push_back(Table { columns({ { "Party", 3 }, { "What", 6 }, { "Says", 7 },
                                           { "In effect", 6 }, { "Found in", 7 } }),
                    {} });
            }
            std::get<Table>(out_.back()).rows.push_back(row_of(words_, each));
        }
    }

    std::vector<Column> columns(std::vector<Column> all) const
    {
        for (auto& each : all) each.title = words_.say(each.title);
        return all;
    }

    void add_cases()
    {
        if (chapter_.cases.empty()) return;
        out_.push_back(Heading { 1, words_.say("Cases"), "cases" });
        out_.push_back(
            Paragraph { words_.say("Each case begins with the background above it and changes what "
                                   "it names; of the rest nothing is known.") });
        std::string file;
        std::size_t line = 0;
        for (std::size_t i = 0; i < chapter_.cases.size(); ++i) {
            auto const& each = chapter_.cases[i];
            auto const words = words_of(each, text_of(each.file));
            if (i == 0 || words.file != file || words.background_line != line) {
                file = words.file;
                line = words.background_line;
                out_.push_back(
                    Heading { 2, { words_.say(fmt::format("{}, line {}", file, line)) } });
                add_background(words.background);
                out_.push_back(Table { columns({ { "Nr", 1 }, { "Case", 6 },
                                           { "What it changes", 8 }, { "Expected", 8 } }),
                    {} });
            }
            Text expected = expectations_of(each);
            if (!each.asExpected)
                expected.runs.push_back({ fmt::format("\n{}: {}", words_.say("NOT AS EXPECTED"),
                                              words_.word("verdict", json::word(each.verdict))),
                    Style::strong });
            std::get<Table>(out_.back())
                .rows.push_back({ std::to_string(i + 1), words_.of_case(each.title),
                    lines_in(words_, words.changes), expected });
        }
    }

    /// In English as it stands in the file; in other words no blank counts, and lines may break.
    void add_background(std::string_view background)
    {
        if (words_.is_english()) {
            out_.push_back(Verbatim { std::string { background } });
            return;
        }
        List lines;
        while (!background.empty()) {
            auto const end = std::min(background.find('\n'), background.size());
            lines.items.emplace_back(lines_in(words_, background.substr(0, end)));
            background.remove_prefix(std::min(end + 1, background.size()));
        }
        out_.push_back(std::move(lines));
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

    Run words_of(treaty::ExpectationText const& expectation) const
    {
        auto const& text = expectation.words;
        auto const with = [this](std::string_view english, std::string const& what) {
            return Run { words_.say(english) + " " + what };
        };
        switch (expectation.what) {
        case Expectation::What::result: return { words_.word("result", text) };
        case Expectation::What::missing: return with("misses", facts_in(words_, text));
        case Expectation::What::source: return with("rests on", words_.of_case(text));
        case Expectation::What::reason:
            return with("says:", words_.reason(expectation.provision.value_or(""), text));
        case Expectation::What::due: return with("is due", words_.say(to_the_second(text)));
        case Expectation::What::verdict: break;
        }
        return { words_.word("verdict", text), Style::strong };
    }
    static CaseWords words_of(treaty::CaseText const& text_case, std::string_view text)
    {
        return book::words_of(text_case, text);
    }

    void add_facts()
    {
        if (chapter_.facts.empty()) return;
        out_.push_back(Heading { 1, words_.say("Facts that the rules read"), "facts" });
        Table table { columns({ { "Fact", 3 }, { "What it is", 7 }, { "What it may be", 5 } }),
            {} };
        for (auto const& fact : chapter_.facts) {
            Text name { fact.name };
            if (!words_.is_english())
                name = Text { { words_.fact(fact.name) + "\n" }, { fact.name, Style::code } };
            table.rows.push_back(
                { name, words_.law(fact.name, "meaning", fact.meaning), values_of(fact) });
        }
        out_.push_back(std::move(table));
    }

    std::string values_of(treaty::FactText const& fact) const
    {
        if (fact.least) return fmt::format("{} {} {}", *fact.least, words_.say("to"), *fact.most);
        if (!fact.words)
            return words_.say(fact.type == treaty::FactType::boolean ? "yes or no"
                    : fact.type == treaty::FactType::instant         ? "date and time"
                                                                     : json::word(fact.type));
        std::vector<std::string> words;
        words.reserve(fact.words->size());
        for (auto const& word : *fact.words) words.push_back(words_.fact_word(fact.name, word));
        return fmt::format("{}", fmt::join(words, ", "));
    }

    void add_signatures()
    {
        out_.push_back(Heading { 1, words_.say("Signed"), "signed" });
        out_.push_back(
            Paragraph { { { words_.say("Edition") + " " }, { chapter_.edition, Style::code },
                { " "
                    + words_.say("of this page: its words say what the text says, its functions "
                                 "do what its words say, and its cases come out as the text "
                                 "has it.") } } });
        std::vector<std::string> lines;
        for (auto const* line : { "Jurist: name and office", "Place and date", "Signature",
                 "Programmer: name and office", "Place and date", "Signature" })
            lines.push_back(words_.say(line));
        out_.push_back(Signature { std::move(lines) });
    }

    Chapter const& chapter_;
    Material const& material_;
    RuleSources const& sources_;
    Words const& words_;
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
