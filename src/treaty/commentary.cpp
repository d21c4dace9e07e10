#include "treaty/commentary.h"

#include "treaty/open_places.h"

#include <fmt/format.h>

#include <algorithm>

namespace comity::treaty {
namespace {

/// A reason without a case: the Parties by what they do in it.
std::string without_names(std::string_view text)
{
    auto out = fill(text, [](std::string_view name, std::string_view open) {
        return std::string { role_of(name).value_or(open) };
    });
    if (text.starts_with('{') && !out.empty() && out.front() >= 'a' && out.front() <= 'z')
        out.front() = static_cast<char>(out.front() - 'a' + 'A');
    return out;
}

FactText text_of(FactDescription const& fact)
{
    FactText out;
    out.name = fact.name;
    out.type = fact.type;
    out.meaning = fact.meaning;
    out.namesAuthority = fact.names_authority;
    if (fact.words) out.words = fact.words();
    if (fact.type == FactType::integer) {
        out.least = fact.least;
        out.most = fact.most;
    }
    return out;
}

std::optional<Date> end_of(Validity const& validity)
{
    if (validity.until == open_end) return std::nullopt;
    return validity.until;
}

std::optional<std::string> text_or_none(std::string_view text)
{
    if (text.empty()) return std::nullopt;
    return std::string { text };
}

ParameterText text_of(Parameter const& parameter, Date on)
{
    ParameterText out;
    out.group = parameter.group;
    for (auto const party : parameter.parties) out.parties.push_back(party.text());
    if (parameter.only_for) out.onlyFor = parameter.only_for->text();
    out.about = parameter.about;
    out.value = parameter.value;
    out.when = parameter.on(on);
    out.from = parameter.validity.from;
    if (parameter.certain_from != out.from) out.certainFrom = parameter.certain_from;
    out.until = end_of(parameter.validity);
    out.source = parameter.reference;
    out.note = parameter.note;
    out.test = is_test_source(parameter.source) || parameter.reference.starts_with("TEST");
    return out;
}

When when(Validity const& validity, Date on)
{
    if (validity.covers(on)) return When::in_effect;
    return on < validity.from ? When::not_yet : When::ended;
}

When when(Party const& party, Date on)
{
    auto const in_force = party.in_force(on);
    if (in_force.unknown()) return When::not_known;
    return in_force.yes() ? When::in_effect : When::not_yet;
}

std::vector<Measure> measures_of(Provision const& provision)
{
    std::vector<Measure> out;
    for (std::size_t i = 0; i < measure_count; ++i)
        if (provision.measures.has(static_cast<Measure>(i))) out.push_back(static_cast<Measure>(i));
    return out;
}

TermText term_text(Provision const& provision)
{
    TermText out { in_words(provision.term->amount), std::string { provision.term->anchor }, {} };
    if (provision.anchor) out.fact = provision.anchor->name;
    return out;
}

/// Facts by the place of their id, so that each comes once and in the order of the table.
std::vector<FactText> texts_of(std::bitset<fact_count> const& facts)
{
    std::vector<FactText> out;
    for (std::size_t i = 0; i < fact_count; ++i)
        if (facts[i]) out.push_back(text_of(*fact_descriptions()[i]));
    return out;
}

/// All measures read the same facts in most provisions, but not in all.
std::bitset<fact_count> facts_read_by(
    std::vector<std::vector<FactUse>> const& uses, Provision const& provision)
{
    std::bitset<fact_count> out;
    for (auto const& measure : uses)
        for (auto const& [fact, provisions] : measure)
            if (std::ranges::find(provisions, &provision) != provisions.end()) out[fact->id] = true;
    return out;
}

std::vector<int> articles_of(TextCase const& text_case)
{
    std::vector<int> out;
    for (auto const& each : text_case.expectations) {
        auto const article = article_of(each.provision);
        if (article && std::ranges::find(out, *article) == out.end()) out.push_back(*article);
    }
    return out;
}

CaseText text_of(TextCase const& text_case, std::string const& file, Decision const& decision)
{
    CaseText out;
    out.file = file;
    out.title = text_case.title;
    out.line = text_case.line;
    out.situation = write(text_case.situation);
    for (auto const& each : text_case.expectations)
        out.expectations.push_back({ each.what, text_or_none(each.provision), each.words });
    out.verdict = decision.verdict;
    out.asExpected = differences(text_case, decision).empty();
    return out;
}

std::vector<Date> stops_of(std::span<Parameter const> parameters, int article)
{
    std::vector<Parameter const*> chosen;
    for (auto const& each : parameters)
        if (std::ranges::find(each.articles, article) != each.articles.end())
            chosen.push_back(&each);
    return stops(chosen);
}

Result<Article const*> article_or_error(int number)
{
    if (auto const* found = find_article(number)) return found;
    return Error { Error::Kind::not_found,
        fmt::format("there is no article {}; the Convention has 1 to 42", number), "number" };
}

bool is_status(ParameterGroup group)
{
    return group == ParameterGroup::entry_into_force || group == ParameterGroup::agreement
        || group == ParameterGroup::reservation || group == ParameterGroup::suspension;
}

} // namespace

Commentary::Commentary(Law law, std::vector<Requirement> const& requirements)
    : law_(std::move(law))
    , parameters_(treaty::parameters(law_))
{
    for (std::size_t i = 0; i < measure_count; ++i)
        uses_.push_back(fact_uses(law_, static_cast<Measure>(i)));
    elsewhere_ = coverage(requirements, {}).rows;
    std::erase_if(
        elsewhere_, [](CoverageRow const& row) { return row.how == "rule" || row.how == "duty"; });
}

Result<Commentary> Commentary::make(
    Law const& law, Files const& cases, std::vector<Requirement> const& requirements)
{
    Commentary out { law, requirements };
    for (auto const& file : cases) TRY(out.read(file));
    return out;
}

Result<void> Commentary::read(File const& cases)
{
    for (auto const& each : TRY(read_cases(law_, cases))) {
        auto const decision = decide(law_, each.situation);
        cases_.push_back({ text_of(each, cases.name, decision), articles_of(each) });
    }
    return {};
}

std::vector<ArticleLine> Commentary::articles() const
{
    std::vector<ArticleLine> out;
    for (auto const& each : treaty::articles()) {
        ArticleLine line { each.number, each.chapter, std::string { each.title }, {}, {} };
        for (auto const* provision : provisions_of(each.number)) {
            line.provisions.emplace_back(provision->id);
            line.titles.emplace_back(provision->title);
        }
        out.push_back(std::move(line));
    }
    return out;
}

std::size_t Commentary::cases_of(Provision const& provision) const
{
    return static_cast<std::size_t>(std::ranges::count_if(cases_, [&](JudgedCase const& each) {
        return std::ranges::any_of(each.text.expectations, [&](ExpectationText const& expected) {
            return expected.provision && *expected.provision == provision.id;
        });
    }));
}

ProvisionText Commentary::provision_text(Provision const& provision, Date on) const
{
    ProvisionText out;
    out.id = provision.id;
    out.title = provision.title;
    out.law = provision.law;
    out.effect = provision.effect;
    out.measures = measures_of(provision);
    out.holds = without_names(provision.holds);
    out.fails = without_names(provision.fails);
    out.notApplicable = without_names(provision.not_applicable);
    out.duty = text_or_none(without_names(provision.duty));
    out.delegated = text_or_none(provision.delegated);
    if (provision.term) out.term = term_text(provision);
    for (auto const& fact : texts_of(facts_read_by(uses_, provision)))
        out.facts.push_back(fact.name);
    out.when = treaty::when(provision.validity, on);
    out.from = provision.validity.from;
    out.until = end_of(provision.validity);
    out.file = file_of(provision);
    out.cases = cases_of(provision);
    return out;
}

Result<ArticleText> Commentary::article(int number, Date on) const
{
    auto const* found = TRY(article_or_error(number));
    ArticleText out;
    out.number = found->number;
    out.chapter = found->chapter;
    out.title = found->title;
    out.on = on;
    std::bitset<fact_count> facts;
    for (auto const* provision : provisions_of(number)) {
        out.provisions.push_back(provision_text(*provision, on));
        facts |= facts_read_by(uses_, *provision);
    }
    out.facts = texts_of(facts);
    for (auto const& row : elsewhere_)
        if (article_of(row.id) == number)
            out.elsewhere.push_back({ row.id, row.title, row.how, row.where });
    for (auto const& each : parameters_)
        if (std::ranges::find(each.articles, number) != each.articles.end())
            out.parameters.push_back(text_of(each, on));
    out.stops = stops_of(parameters_, number);
    return out;
}

Result<std::vector<CaseText>> Commentary::cases(int article) const
{
    TRY(article_or_error(article));
    std::vector<CaseText> out;
    for (auto const& each : cases_)
        if (std::ranges::find(each.articles, article) != each.articles.end())
            out.push_back(each.text);
    return out;
}

MeasuresText Commentary::measures() const
{
    MeasuresText out;
    std::bitset<fact_count> facts;
    for (std::size_t i = 0; i < measure_count; ++i) {
        MeasureText each;
        each.measure = static_cast<Measure>(i);
        each.provisions = law_.tables().provisions[i].size();
        for (auto const& [fact, provisions] : uses_[i]) {
            facts[fact->id] = true;
            each.facts.push_back({ std::string { fact->name }, {} });
            for (auto const* provision : provisions)
                each.facts.back().provisions.emplace_back(provision->id);
        }
        out.measures.push_back(std::move(each));
    }
    out.facts = texts_of(facts);
    return out;
}

StatusText Commentary::status(Date on) const
{
    auto const& tables = law_.tables();
    StatusText out;
    out.on = on;
    out.signedOn = tables.signed_on;
    out.inForceFrom = tables.in_force_on;
    out.when = treaty::when({ tables.in_force_on, open_end }, on);
    for (auto const& party : law_.parties()) {
        PartyStatus each { party.code.text(), std::string { party.name(on) },
            treaty::when(party, on), party.in_force_on(), {} };
        for (auto const& authority : law_.authorities(party.code))
            if (authority.validity.covers(on)) each.authorities.push_back(authority.id);
        std::ranges::sort(each.authorities);
        each.authorities.erase(
            std::ranges::unique(each.authorities).begin(), each.authorities.end());
        out.parties.push_back(std::move(each));
    }
    std::vector<Parameter const*> all;
    for (auto const& each : parameters_) {
        all.push_back(&each);
        if (is_status(each.group)) out.parameters.push_back(text_of(each, on));
    }
    out.stops = stops(all);
    return out;
}

} // namespace comity::treaty
