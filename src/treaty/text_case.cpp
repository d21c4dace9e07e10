#include "treaty/text_case.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace comity::treaty {
namespace {

constexpr std::size_t cases_max = 2000;

std::string_view trim(std::string_view text)
{
    auto const first = text.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

/// The first word; the rest loses it.
std::string_view take_word(std::string_view& rest)
{
    auto const end = rest.find(' ');
    auto const word = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view {} : trim(rest.substr(end));
    return word;
}

/// What a case has told so far, still as text: read_situation() judges it when the case is whole.
struct Draft {
    std::string title;
    std::size_t line = 0;
    json::Object members { { "facts", json::Object {} } };
    std::vector<Expectation> expectations;
};

class CaseReader {
public:
    CaseReader(Law const& law, std::string_view name)
        : law_(law)
        , name_(name)
    {
    }

    Result<std::vector<TextCase>> read(std::string_view text)
    {
        while (!text.empty()) {
            auto const end = text.find('\n');
            auto const line = text.substr(0, end);
            text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
            ++line_;
            TRY(read_line(trim(line.substr(0, line.find('#')))));
        }
        TRY(finish());
        if (out_.empty()) return wrong("no case");
        return std::move(out_);
    }

private:
    Error wrong(std::string_view what) const
    {
        return { Error::Kind::malformed, fmt::format("{} line {}: {}", name_, line_, what),
            fmt::format("{}:{}", name_, line_) };
    }
    Result<void> read_line(std::string_view line);
    Result<void> read_expectation(std::string_view rest);
    Result<void> read_fact(std::string_view line);
    Result<void> read_parties(std::string_view rest);
    Result<void> finish();

    Law const& law_;
    std::string_view name_;
    std::size_t line_ = 0;
    Draft background_;
    std::optional<Draft> open_; ///< The case being read.
    std::vector<TextCase> out_;
};

Result<void> CaseReader::read_line(std::string_view line)
{
    if (line.empty()) return {};
    auto rest = line;
    auto const word = take_word(rest);
    auto& draft = open_ ? *open_ : background_;
    if (word == "Background") {
        TRY(finish());
        if (!rest.empty()) return wrong("Background stands alone");
        background_ = {};
    } else if (word == "Case") {
        TRY(finish());
        if (rest.empty()) return wrong("a case needs a title");
        open_ = background_;
        open_->title = rest;
        open_->line = line_;
    } else if (word == "expect") {
        return read_expectation(rest);
    } else if (word == "at") {
        draft.members["at"] = rest;
    } else if (word == "from" || word == "to") {
        return read_parties(line);
    } else if (json::from_word<Measure>(word) || find_named_measure(word)) {
        draft.members["measure"] = word;
        return read_parties(rest);
    } else {
        return read_fact(line);
    }
    return {};
}

Result<void> CaseReader::read_parties(std::string_view rest)
{
    auto& members = (open_ ? *open_ : background_).members;
    while (!rest.empty()) {
        auto const word = take_word(rest);
        if (word != "from" && word != "to") return wrong("expected: from XX to XX");
        members[word == "from" ? "requesting" : "requested"] = take_word(rest);
    }
    return {};
}

Result<void> CaseReader::read_fact(std::string_view line)
{
    auto& facts = (open_ ? *open_ : background_).members["facts"].get_object();
    auto rest = line;
    auto const name = take_word(rest);
    auto const* fact = find_fact(name);
    if (!fact) return wrong(fmt::format("'{}' is neither a fact nor a line of a case", name));
    if (rest == "unknown") {
        facts.erase(name);
        return {};
    }
    if (take_word(rest) != "=") return wrong("expected: fact = value, or fact unknown");
    switch (fact->type) {
    case FactType::boolean:
        if (rest != "yes" && rest != "no") return wrong(fmt::format("{} is yes or no", name));
        facts[name] = rest == "yes";
        break;
    case FactType::integer: facts[name] = TRY(json::parse(rest)); break;
    case FactType::word:
    case FactType::date:
    case FactType::instant:
    case FactType::text: facts[name] = rest == "\"\"" ? std::string_view {} : rest; break;
    }
    return {};
}

Result<void> CaseReader::read_expectation(std::string_view rest)
{
    using What = Expectation::What;
    if (!open_) return wrong("expect stands in a case");
    auto& list = open_->expectations;
    auto const first = take_word(rest);
    if (json::from_word<Verdict>(first)) {
        list.push_back({ What::verdict, line_, {}, std::string { first } });
        return {};
    }
    if (!find_provision(first)) return wrong(fmt::format("'{}' is no provision", first));
    auto const second = take_word(rest);
    std::string const provision { first };
    if (second == "due") {
        auto const due = parse_instant(rest);
        if (!due.ok() && rest != "immediately") return wrong(due.error().what);
        list.push_back({ What::due, line_, provision,
            due.ok() ? to_text(due.value()) : std::string { rest } });
        return {};
    }
    if (second == "source" || second == "reason") {
        list.push_back({ second == "source" ? What::source : What::reason, line_, provision,
            std::string { rest } });
        return {};
    }
    if (!json::from_word<Outcome>(second))
        return wrong("expected: holds, fails, missing or not-applicable");
    list.push_back({ What::result, line_, provision, std::string { second } });
    if (!rest.empty()) list.push_back({ What::missing, line_, provision, std::string { rest } });
    return {};
}

Result<void> CaseReader::finish()
{
    if (!open_) return {};
    auto draft = std::move(*open_);
    open_.reset();
    line_ = std::max(line_, draft.line);
    if (draft.expectations.empty())
        return wrong(fmt::format("the case '{}' expects nothing", draft.title));
    if (out_.size() == cases_max) return wrong(fmt::format("more than {} cases", cases_max));
    auto situation = read_situation(law_, draft.members);
    if (!situation.ok())
        return wrong(fmt::format("the case '{}': {}", draft.title, situation.error().what));
    out_.push_back({ draft.title, draft.line, situation.take(), std::move(draft.expectations) });
    return {};
}

std::string found(Expectation const& expected, DecisionText const& decision)
{
    using What = Expectation::What;
    if (expected.what == What::verdict) return json::word(decision.verdict);
    if (expected.what == What::due) {
        auto const deadline
            = std::ranges::find(decision.deadlines, expected.provision, &DeadlineText::provision);
        if (deadline == decision.deadlines.end()) return "no deadline";
        return deadline->dueAt ? to_text(*deadline->dueAt) : deadline->term;
    }
    auto const finding
        = std::ranges::find(decision.findings, expected.provision, &FindingText::provision);
    if (finding == decision.findings.end()) return "no finding: it does not govern this measure";
    if (expected.what == What::result) return json::word(finding->result);
    if (expected.what == What::source) return finding->source;
    if (expected.what == What::reason) return finding->reason;
    auto const none = std::vector<std::string> {};
    return fmt::format("{}", fmt::join(finding->missing.value_or(none), ", "));
}

} // namespace

Result<std::vector<TextCase>> read_cases(Law const& law, File const& file)
{
    if (file.text.size() > Table::bytes_max)
        return Error { Error::Kind::too_large,
            fmt::format("{} is over {} bytes", file.name, Table::bytes_max), file.name };
    return CaseReader { law, file.name }.read(file.text);
}

std::vector<std::string> differences(TextCase const& text_case, Decision const& decision)
{
    auto const text = in_words(decision);
    std::vector<std::string> out;
    for (auto const& expected : text_case.expectations) {
        auto const came = found(expected, text);
        if (came == expected.words) continue;
        out.push_back(fmt::format("line {}, case '{}': {}{}expected {}, came {}", expected.line,
            text_case.title, expected.provision, expected.provision.empty() ? "" : " ",
            expected.words, came));
    }
    return out;
}

} // namespace comity::treaty
