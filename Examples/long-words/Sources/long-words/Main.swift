import ColophonKit
import LongWords

@main
enum Main {
    static func main() async { await Colophon.main(stages: [LongWords.self]) }
}
