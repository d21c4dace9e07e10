#include "book/book.h"

#include "book/article_page.h"

#include <fmt/format.h>

#include <algorithm>

namespace comity::book {
namespace {

using namespace document;
using treaty::ParameterGroup;

/// Where the rows stand that a page of an article leaves out.
std::string beside(int article)
{
    if (article == 4 || article == 32 || article == 37) return std::string { annexed_lists_page };
    return article == 41 ? std::string { reservations_page } : std::string {};
}

Chapter empty_chapter(treaty::Article const& article, Words const& words)
{
    Chapter out;
    out.name = page_name(article.number);
    out.title = words.law(std::to_string(article.number), "article", article.title);
    if (article.number != 0)
        out.title = words.say(fmt::format("Article {}", article.number)) + ". " + out.title;
    out.place = article.chapter == 0 ? std::string { "what stands before the chapters" }
                                     : fmt::format("chapter {}", article.chapter);
    out.beside = beside(article.number);
    return out;
}

std::vector<Chapter> empty_chapters(Words const& words)
{
    std::vector<Chapter> out;
    for (auto const& article : treaty::articles()) out.push_back(empty_chapter(article, words));
    Chapter lists;
    lists.name = annexed_lists_page;
    lists.title = words.say("The annexed lists");
    lists.place = "the annexes of Articles 4 and 32";
    out.push_back(lists);
    Chapter reservations;
    reservations.name = reservations_page;
    reservations.title = words.say("Reservations and declarations");
    reservations.place = "instruments under Article 41";
    out.push_back(reservations);
    return out;
}

/// Long lists stand on their own page; a reservation also with every article that it touches.
bool belongs(treaty::ParameterText const& parameter, std::string const& page, int article)
{
    bool const listed = parameter.group == ParameterGroup::authority
        || parameter.group == ParameterGroup::marking;
    if (page == annexed_lists_page) return listed;
    bool const reserved = parameter.group == ParameterGroup::reservation;
    if (page == reservations_page) return reserved;
    return !listed && !(reserved && article == 41);
}

/// The articles whose rows a page draws from.
std::vector<int> articles_behind(std::string const& page)
{
    if (page == annexed_lists_page) return { 4, 32, 37 };
    if (page == reservations_page) return { 41 };
    for (auto const& article : treaty::articles())
        if (page_name(article.number) == page) return { article.number };
    return {};
}

bool is_of(treaty::CaseText const& text_case, std::string const& page)
{
    return std::ranges::any_of(text_case.expectations,
        [&](auto const& each) { return each.provision && page_of(*each.provision) == page; });
}

std::optional<Review> last_review(std::vector<Review> const& reviews, std::string const& page)
{
    std::optional<Review> out;
    for (auto const& each : reviews)
        if (each.page == page && (!out || out->date <= each.date)) out = each;
    return out;
}

class Maker {
public:
    Maker(treaty::Commentary const& commentary, Material const& material,
        treaty::HashFunction const& hash)
        : commentary_(commentary)
        , material_(material)
        , hash_(hash)
    {
    }

    Result<void> fill(Chapter& chapter) const
    {
        for (auto const number : articles_behind(chapter.name))
            take_article(chapter, TRY(commentary_.article(number, material_.on)));
        for (auto const number : articles_behind(chapter.name))
            for (auto& each : TRY(commentary_.cases(number)))
                if (is_of(each, chapter.name)) chapter.cases.push_back(std::move(each));
        for (auto const& each : chapter.provisions)
            chapter.sources.push_back(TRY(sources_.of(*treaty::find_provision(each.id))));
        keep_facts_read(chapter);
        chapter.edition = edition_of(chapter, hash_);
        chapter.review = last_review(material_.reviews, chapter.name);
        return {};
    }

    RuleSources const& sources() const { return sources_; }

private:
    static void take_article(Chapter& chapter, treaty::ArticleText article)
    {
        for (auto& each : article.provisions)
            if (page_of(each.id) == chapter.name) chapter.provisions.push_back(std::move(each));
        for (auto& each : article.elsewhere)
            if (page_of(each.id) == chapter.name) chapter.elsewhere.push_back(std::move(each));
        for (auto& each : article.parameters)
            if (belongs(each, chapter.name, article.number) && !has(chapter.parameters, each))
                chapter.parameters.push_back(std::move(each));
        for (auto& each : article.facts) chapter.facts.push_back(std::move(each));
    }

    // An authority of several articles is one row.
    static bool has(
        std::vector<treaty::ParameterText> const& all, treaty::ParameterText const& parameter)
    {
        auto const text = json::to_text(parameter);
        return std::ranges::any_of(
            all, [&](auto const& each) { return json::to_text(each) == text; });
    }

    static void keep_facts_read(Chapter& chapter)
    {
        std::erase_if(chapter.facts, [&](treaty::FactText const& fact) {
            return std::ranges::none_of(chapter.provisions, [&](auto const& provision) {
                return std::ranges::find(provision.facts, fact.name) != provision.facts.end();
            });
        });
    }

    treaty::Commentary const& commentary_;
    Material const& material_;
    treaty::HashFunction const& hash_;
    RuleSources sources_ { law_sources() };
};

Document document_of(std::string title, treaty::Law const& law, Material const& material)
{
    Document out;
    out.title = std::move(title);
    out.language = material.words.language();
    out.author = "Comity";
    out.created = material.on;
    out.header = material.words.say(
        "Police Cooperation Convention for Southeast Europe (Vienna, 5 May 2006), as Comity "
        "reads it");
    out.footer = material.words.say("Law version") + " " + law.version();
    return out;
}

// How the functions are read, for who has never read one.
constexpr std::pair<char const*, char const*> vocabulary[] {
    { "view.is(fact)", "whether a fact of the case is so: yes, no, or not known" },
    { "all({ a, b })", "yes where every one is; one no decides, whatever is not known" },
    { "any({ a, b })", "yes where one is; one yes decides, whatever is not known" },
    { "!a", "the opposite; of what is not known, not known" },
    { "outcome(a)", "the provision holds, fails, or misses a fact" },
    { "skip(a)", "the provision does not apply, or a fact is missing to say so" },
    { "arises(a)", "a duty arises, does not apply, or misses a fact" },
    { "view.pair()", "what the data say of the two Parties on the day of the act" },
    { "view.is_agreed(term)", "whether an implementing agreement of the two Parties says so" },
    { "view.national(side, rule, fact)",
        "what the law of a Party says; where the data are silent, the official answers" },
    { "view.rests_on(source)", "names the instrument that set what was used" },
    { "view.because(words)", "gives this reason in place of the usual one" },
};

constexpr std::string_view introduction
    = "Every page restates an article in words of ours, shows the function that judges each "
      "paragraph as it was built into this program, what the data say for each Party and pair of "
      "Parties, and the cases with what is expected of them. It carries no sentence of the "
      "official text: hold that beside it. A jurist and a programmer read a page together and "
      "sign it; the edition that they signed then goes into reviews.tsv, and the page says so "
      "when its words or its functions change.";

constexpr std::string_view reading
    = "A function takes the facts of one case and answers with one of four: the provision holds, "
      "fails, misses a fact, or does not apply. A fact may be not known; that is never taken for "
      "yes or for no. Under a function stand the functions of the chapters that it calls, and the "
      "term that it counts. What all of them share is under the law version, not the edition.";

Page index_of(
    std::vector<Chapter> const& chapters, treaty::Law const& law, Material const& material)
{
    auto const& words = material.words;
    auto document = document_of(words.say("The law of Comity, article by article"), law, material);
    auto& blocks = document.blocks;
    std::size_t paragraphs = 0;
    std::size_t signed_pages = 0;
    Table table { { { words.say("Page"), 8 }, { words.say("Paragraphs"), 3 },
                      { words.say("Cases"), 2 }, { words.say("Review"), 6 } },
        {} };
    for (auto const& each : chapters) {
        auto const count = each.provisions.size() + each.elsewhere.size();
        paragraphs += count;
        signed_pages += each.review && each.review->edition == each.edition;
        table.rows.push_back(
            { { { each.title, Style::plain, Link { each.name, "" } } }, std::to_string(count),
                std::to_string(each.cases.size()), words.say(review_in_words(each)) });
    }
    if (!words.is_english())
        blocks.push_back(Paragraph { { { words.say(translated), Style::faint } } });
    blocks.push_back(Paragraph { words.say(introduction) });
    blocks.push_back(Particulars { {
        { words.say("Law version"), { { law.version(), Style::code } } },
        { words.say("Told for"), { to_text(material.on) } },
        { words.say("Paragraphs"), { std::to_string(paragraphs) } },
        { words.say("Reviewed as they are"),
            { words.say(fmt::format("{} of {} pages", signed_pages, chapters.size())) } },
    } });
    blocks.push_back(Heading { 1, words.say("Pages"), "pages" });
    blocks.push_back(std::move(table));
    blocks.push_back(Heading { 1, words.say("How to read a function"), "how-to-read" });
    blocks.push_back(Paragraph { words.say(reading) });
    Table code { { { words.say("It says"), 5 }, { words.say("It means"), 9 } }, {} };
    for (auto const& [line, meaning] : vocabulary)
        code.rows.push_back({ { { line, Style::code } }, words.say(meaning) });
    blocks.push_back(std::move(code));
    return { "index", std::move(document) };
}

} // namespace

std::string page_of(std::string_view id)
{
    auto const article = treaty::article_of(id);
    if (!article) return {};
    if (id.starts_with("ANX-")) return std::string { annexed_lists_page };
    if (id.starts_with("RES-")) return std::string { reservations_page };
    return page_name(*article);
}

Result<std::vector<Page>> make_book(
    treaty::Law const& law, Material const& material, treaty::HashFunction const& hash)
{
    auto const commentary
        = TRY(treaty::Commentary::make(law, material.cases, material.requirements));
    Maker const maker { commentary, material, hash };
    auto chapters = empty_chapters(material.words);
    for (auto& chapter : chapters) TRY(maker.fill(chapter));
    std::vector<Page> out;
    out.push_back(index_of(chapters, law, material));
    for (auto const& chapter : chapters) {
        auto document = document_of(chapter.title, law, material);
        document.blocks = blocks_of(chapter, material, maker.sources());
        out.push_back({ chapter.name, std::move(document) });
    }
    return out;
}

} // namespace comity::book
