#include "base/file.h"
#include "book/book.h"
#include "crypto/hash.h"
#include "main/commands.h"
#include "main/rooms.h"
#include "treaty/channel.h"
#include "treaty/coverage.h"
#include "treaty/print.h"

#include <fmt/format.h>

#include <iostream>
#include <iterator>

/// `comity treaty`: the law asked from the command line.
namespace comity::main {
namespace {

using treaty::PartyCode;

Result<Date> day_of(TreatyOptions const& options)
{
    if (options.on.empty()) return Date { std::chrono::floor<std::chrono::days>(system_clock()()) };
    return parse_date(options.on);
}

Result<std::string> input_of(std::string const& subject)
{
    if (subject == "-") return std::string { std::istreambuf_iterator<char> { std::cin }, {} };
    return std::string { as_text(TRY(read_file(subject, 1U << 20U))) };
}

Result<ExitCode> check(treaty::Law const& law, TreatyOptions const& options, std::ostream& out)
{
    auto const value = TRY(json::parse(TRY(input_of(options.subject))));
    auto const situation = TRY(treaty::read_situation(law, value));
    auto const decision = treaty::decide(law, situation);
    out << treaty::json_text(decision) << '\n';
    switch (decision.verdict) {
    case treaty::Verdict::permitted: return 0;
    case treaty::Verdict::refused: return 1;
    case treaty::Verdict::incomplete: break;
    }
    return 2;
}

Result<ExitCode> try_cases(treaty::Law const& law, TreatyOptions const& options, std::ostream& out)
{
    auto const text = TRY(input_of(options.subject));
    treaty::File const file { options.subject, text };
    int otherwise = 0;
    for (auto const& each : TRY(treaty::read_cases(law, file))) {
        auto const decision = treaty::decide(law, each.situation);
        out << treaty::print(each, decision);
        otherwise += !treaty::differences(each, decision).empty();
    }
    return otherwise == 0 ? 0 : 1;
}

Result<ExitCode> replay(treaty::Law const& law, TreatyOptions const& options, std::ostream& out)
{
    auto const stored = TRY(json::parse(TRY(input_of(options.subject))));
    auto const found = TRY(treaty::replay(law, stored));
    if (found.same) {
        out << fmt::format(
            "the same {} bytes under law version {}\n", found.now.size(), found.version);
        return 0;
    }
    if (found.stored_version != found.version)
        out << fmt::format("stored under law version {}, judged now under {}\n",
            found.stored_version, found.version);
    out << fmt::format("stored {}\nnow    {}\n", found.stored, found.now);
    return 1;
}

Result<std::vector<treaty::TextCase>> all_cases(
    treaty::Law const& law, std::filesystem::path const& folder)
{
    std::vector<treaty::TextCase> out;
    std::error_code error;
    for (auto const& entry : std::filesystem::directory_iterator(folder, error)) {
        if (entry.path().extension() != ".case") continue;
        auto const bytes = TRY(read_file(entry.path(), 1U << 20U));
        treaty::File const file { entry.path().filename().string(),
            std::string { as_text(bytes) } };
        for (auto& each : TRY(treaty::read_cases(law, file))) out.push_back(std::move(each));
    }
    if (error)
        return Error { Error::Kind::not_found,
            fmt::format("{}: {}", folder.string(), error.message()), "cases" };
    return out;
}

Result<ExitCode> cover(treaty::Law const& law, TreatyOptions const& options, std::ostream& out)
{
    auto const requirements = TRY(read_requirements(options.law));
    auto const found = treaty::coverage(requirements, TRY(all_cases(law, options.cases)));
    out << treaty::print(found);
    return found.problems.empty() ? 0 : 1;
}

Result<void> make_folder(std::filesystem::path const& folder)
{
    if (folder.empty())
        return Error { Error::Kind::malformed, "name the folder: comity treaty book DIR", "DIR" };
    std::error_code code;
    std::filesystem::create_directories(folder, code);
    std::error_code no_folder;
    if (!code && std::filesystem::is_directory(folder, no_folder)) return {};
    return Error { Error::Kind::not_found,
        fmt::format("{} is no folder and cannot be made one: {}", folder.string(),
            (code ? code : std::make_error_code(std::errc::not_a_directory)).message()),
        "DIR" };
}

Result<std::vector<book::Review>> read_reviews(std::filesystem::path const& law)
{
    auto const bytes = TRY(read_file(law / "reviews.tsv", 4U << 20U));
    Date const today { std::chrono::floor<std::chrono::days>(system_clock()()) };
    return book::read_reviews({ "reviews.tsv", std::string { as_text(bytes) } }, today);
}

/// A table of words under the folder of the law.
Result<treaty::File> words_file(TreatyOptions const& options, std::string const& name)
{
    auto const bytes = TRY(read_file(options.law / "words" / name, treaty::Wording::bytes_max));
    return treaty::File { name, std::string { as_text(bytes) } };
}

Result<book::Words> words_of_book(TreatyOptions const& options)
{
    auto const& language = options.language;
    if (language == "en") return book::Words {};
    if (language != "bg" && language != "es")
        return Error { Error::Kind::malformed, "a book is in en, bg or es", "language" };
    auto const name = language + ".tsv";
    auto const law_file = TRY(words_file(options, name));
    auto const cases_file = TRY(words_file(options, "cases/" + name));
    auto const own_file = TRY(words_file(options, "book/" + name));
    auto law = TRY(treaty::Translation::read(law_file));
    auto cases = TRY(treaty::Wording::read(cases_file));
    auto own = TRY(treaty::Wording::read(own_file));
    return book::Words { language, std::move(law), std::move(cases), std::move(own) };
}

Result<ExitCode> write_book(treaty::Law const& law, TreatyOptions const& options, std::ostream& out)
{
    std::filesystem::path const folder { options.subject };
    book::Material material;
    material.on = TRY(day_of(options));
    material.cases = TRY(read_case_files(options.cases));
    material.requirements = TRY(read_requirements(options.law));
    material.reviews = TRY(read_reviews(options.law));
    material.words = TRY(words_of_book(options));
    TRY(make_folder(folder));
    auto const hash = [](std::string_view text) { return to_hex(crypto::sha256(as_view(text))); };
    auto const pages = TRY(book::make_book(law, material, hash));
    for (auto const& page : pages) {
        TRY(write_file(folder / (page.name + ".html"), as_view(document::html(page.document))));
        TRY(write_file(folder / (page.name + ".pdf"), TRY(document::pdf(page.document))));
    }
    out << fmt::format("{} pages, each as HTML and PDF; begin with {}\n", pages.size(),
        (folder / "index.html").string());
    return 0;
}

Result<std::optional<PartyCode>> party_if(std::string const& text)
{
    if (text.empty()) return std::optional<PartyCode> {};
    return std::optional { TRY(PartyCode::parse(text)) };
}

Result<std::string> answer(treaty::Law const& law, TreatyOptions const& options)
{
    auto const on = TRY(day_of(options));
    if (options.command == "status") return treaty::print_status(law, on);
    if (options.command == "facts") return treaty::print_facts(law, options.subject);
    if (options.command == "channels") {
        auto const from = TRY(party_if(options.party.empty() ? options.subject : options.party));
        return treaty::print_channels(law, from, TRY(party_if(options.to)), on);
    }
    if (options.command == "deadline" && options.party.empty()) {
        auto const from = TRY(parse_instant(options.from));
        return treaty::print_deadline(options.subject, from, options.zone);
    }
    auto const party
        = TRY(PartyCode::parse(options.party.empty() ? options.subject : options.party));
    if (options.command == "deadline") return treaty::print_entry_into_force(law, party);
    if (options.command == "party") return treaty::print_party(law, party, on);
    if (options.command == "authority")
        return treaty::print_authority(law, party, options.provision, on);
    return treaty::print_level(law, party, options.marking, TRY(PartyCode::parse(options.to)), on);
}

} // namespace

Result<ExitCode> ask_treaty(TreatyOptions const& options, std::ostream& out)
{
    auto const law = TRY(read_law(options.law));
    if (options.command == "check") return check(law, options, out);
    if (options.command == "try") return try_cases(law, options, out);
    if (options.command == "replay") return replay(law, options, out);
    if (options.command == "coverage") return cover(law, options, out);
    if (options.command == "book") return write_book(law, options, out);
    out << TRY(answer(law, options));
    return 0;
}

} // namespace comity::main
